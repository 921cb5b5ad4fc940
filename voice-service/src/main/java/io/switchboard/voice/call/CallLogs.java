package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.voice.provider.CallDirection;
import io.switchboard.voice.provider.CallState;
import io.switchboard.voice.provider.Parties;
import io.switchboard.voice.provider.ReportField;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and writes whole calls in the worker's transaction. */
final class CallLogs {
    /** The number of the first of them in a statement, after the keys. */
    private static final int FIRST = 5;

    /** What events change, in the order of {@link #values}. */
    private static final List<CallColumn> CHANGED = Stream.concat(
                    Stream.of(
                            CallColumn.word("status"),
                            CallColumn.plain("answered"),
                            CallColumn.word("direction"),
                            CallColumn.plain("from_number"),
                            CallColumn.plain("to_number"),
                            CallColumn.plain("from_e164"),
                            CallColumn.plain("to_e164"),
                            CallColumn.plain("started_at"),
                            CallColumn.plain("answered_at"),
                            CallColumn.plain("ended_at"),
                            CallColumn.plain("metadata"),
                            CallColumn.plain("evidence")),
                    CallColumn.OF_REPORT.stream())
            .toList();

    private static final String LOCK = "select id, " + CallColumn.select(CHANGED)
            + ", erased_at is not null as erased from call_logs"
            + " where org_id = $1 and provider = $2 and provider_call_id = $3 for update";
    private static final String ADD =
            "insert into call_logs (org_id, provider, provider_call_id, id, " + each((column, number) -> column.name())
                    + ") values ($1, $2, $3, $4, " + each(CallColumn::parameter) + ")";
    private static final String CHANGE = "update call_logs set "
            + each((column, number) -> column.name() + " = " + column.parameter(number))
            + ", version = version + 1 where org_id = $1 and provider = $2 and provider_call_id = $3 and id = $4";
    private static final String LINK = "update call_logs c set contact_id = s.id, version = c.version + 1"
            + " from (select surviving_contact($4) as id) s where c.org_id = $1 and c.provider = $2"
            + " and c.provider_call_id = $3 and c.contact_id is distinct from s.id and c.erased_at is null";
    private static final String ERASE = "select erase_event_bodies($1)";

    private CallLogs() {}

    /** Null when the call is new. */
    static Uni<@Nullable Call> lock(
            Statements statements, CallerContext caller, String provider, String providerCallId) {
        return statements.first(
                LOCK, Tuple.of(caller.orgId(), provider, providerCallId), row -> call(row, provider, providerCallId));
    }

    /** @param arrivedAt used as the start if the events tell none */
    static Uni<Void> save(
            Statements statements, CallerContext caller, @Nullable Call before, Call after, Instant arrivedAt) {
        Uni<?> saved = before != null && after.isSameBesideTranscript(before)
                ? Uni.createFrom().voidItem()
                : statements.run(before == null ? ADD : CHANGE, values(caller, after, arrivedAt));
        return saved.chain(() -> Transcripts.save(statements, caller, before, after));
    }

    private static String each(BiFunction<CallColumn, Integer, String> part) {
        return IntStream.range(0, CHANGED.size())
                .mapToObj(i -> part.apply(CHANGED.get(i), FIRST + i))
                .collect(Collectors.joining(", "));
    }

    /** Empties the events of an erased call: they have been applied, or never will be. */
    static Uni<Void> eraseEvents(Statements statements, List<UUID> events) {
        return statements
                .run(ERASE, Tuple.of((Object) events.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Stores which contact the other party is, or the one that it was merged into since. An erased call belongs to no contact. */
    static Uni<Void> link(
            Statements statements, CallerContext caller, String provider, String providerCallId, UUID contactId) {
        return statements
                .run(LINK, Tuple.of(caller.orgId(), provider, providerCallId, contactId))
                .replaceWithVoid();
    }

    private static Tuple values(CallerContext caller, Call call, Instant arrivedAt) {
        var started = call.times().started();
        var values = Tuple.tuple()
                .addValue(caller.orgId())
                .addValue(call.provider())
                .addValue(call.providerCallId())
                .addValue(call.id())
                .addValue(CallColumn.argument(call.state()))
                .addValue(call.answered())
                .addValue(CallColumn.argument(call.parties().direction()))
                .addValue(call.parties().from())
                .addValue(call.parties().to())
                .addValue(call.fromE164())
                .addValue(call.toE164())
                .addValue(time(started == null ? arrivedAt : started))
                .addValue(time(call.times().answered()))
                .addValue(time(call.times().ended()))
                .addValue(new JsonObject(new HashMap<>(call.metadata())))
                .addValue(new JsonObject(new HashMap<>(call.evidence())));
        ReportField.ALL.forEach(
                field -> values.addValue(CallColumn.argument(call.report().get(field))));
        return values;
    }

    private static Call call(Row row, String provider, String providerCallId) {
        return new Call(
                row.getUUID("id"),
                provider,
                providerCallId,
                Objects.requireNonNull(EnumParam.fromWire(CallState.class, row.getString("status"))),
                row.getBoolean("answered"),
                new Parties(
                        EnumParam.fromWire(CallDirection.class, row.getString("direction")),
                        row.getString("from_number"),
                        row.getString("to_number")),
                row.getString("from_e164"),
                row.getString("to_e164"),
                new Call.Times(
                        instant(row.getOffsetDateTime("started_at")),
                        instant(row.getOffsetDateTime("answered_at")),
                        instant(row.getOffsetDateTime("ended_at"))),
                CallColumn.report(row),
                null,
                entries(row.getJsonObject("metadata"), String.class::cast),
                entries(row.getJsonObject("evidence"), weight -> ((Number) weight).longValue()),
                row.getBoolean("erased"));
    }

    private static <T> Map<String, T> entries(JsonObject json, Function<Object, T> value) {
        var entries = new HashMap<String, T>();
        json.forEach(entry -> entries.put(entry.getKey(), value.apply(entry.getValue())));
        return Map.copyOf(entries);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
