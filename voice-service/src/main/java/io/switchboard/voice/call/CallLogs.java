package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.voice.callevent.CallDirection;
import io.switchboard.voice.callevent.CallKey;
import io.switchboard.voice.callevent.CallState;
import io.switchboard.voice.callevent.Parties;
import io.switchboard.voice.callevent.ReportField;
import io.switchboard.voice.callevent.TranscriptFragment;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
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
                            CallColumn.plain("evidence"),
                            CallColumn.plain("head_id"),
                            CallColumn.plain("linked")),
                    CallColumn.OF_REPORT.stream())
            .toList();

    private static final String ROWS = "select id, provider, provider_call_id, contact_id, "
            + CallColumn.select(CHANGED) + ", erased_at is not null as erased, array(select k.provider || ' ' || k.key"
            + " from call_keys k where k.org_id = call_logs.org_id and k.call_id = call_logs.id) as keys from call_logs"
            + " where org_id = $1";
    private static final String LOCK = ROWS + " and provider = $2 and provider_call_id = $3 for update";
    private static final String LOAD = ROWS + " and id = any ($2) order by id for update";
    /** Without waiting, since the transaction holds one of them: it would wait for one that waits for it. */
    private static final String WHOLE = ROWS + " and id = any (array(select $2::uuid union all"
            + " select l.id from call_logs l where l.org_id = $1 and l.head_id = $2)) order by id for update nowait";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String ADD =
            "insert into call_logs (org_id, provider, provider_call_id, id, " + each((column, number) -> column.name())
                    + ") values ($1, $2, $3, $4, " + each(CallColumn::parameter) + ")";
    private static final String CHANGE = "update call_logs set "
            + each((column, number) -> column.name() + " = " + column.parameter(number))
            + ", version = version + 1 where org_id = $1 and provider = $2 and provider_call_id = $3 and id = $4";
    private static final String LINK = "select link_contact($1, $2, $3)";
    private static final String ERASE = "select erase_event_bodies($1)";

    private CallLogs() {}

    /** Null when the call is new. */
    static Uni<@Nullable CallRow> lock(
            Statements statements, CallerContext caller, String provider, String providerCallId) {
        return statements.first(LOCK, Tuple.of(caller.orgId(), provider, providerCallId), CallLogs::row);
    }

    /** Locks all rows of the row's call. Fails as {@link #isLocked} tells if another transaction holds one of them. */
    static Uni<List<CallRow>> lockWhole(Statements statements, CallerContext caller, CallRow row) {
        var head = row.headId() == null ? row.id() : row.headId();
        return statements.list(WHOLE, Tuple.of(caller.orgId(), head), CallLogs::row);
    }

    /** Rows that the transaction holds. */
    static Uni<List<CallRow>> load(Statements statements, CallerContext caller, List<UUID> ids) {
        return statements.list(LOAD, Tuple.of(caller.orgId(), (Object) ids.toArray(UUID[]::new)), CallLogs::row);
    }

    static boolean isLocked(Throwable failure) {
        return failure instanceof PgException refusal && LOCK_NOT_AVAILABLE.equals(refusal.getSqlState());
    }

    /**
     * @param before null when the row is new
     * @param fragments what was told of it in one go
     * @param arrivedAt used as the start if the events tell none
     */
    static Uni<Void> save(
            Statements statements,
            CallerContext caller,
            @Nullable CallRow before,
            CallRow after,
            List<TranscriptFragment> fragments,
            Instant arrivedAt) {
        Uni<?> saved = before != null && isSame(before, after)
                ? Uni.createFrom().voidItem()
                : statements.run(before == null ? ADD : CHANGE, values(caller, after, arrivedAt));
        var told = before == null ? null : before.call();
        return saved.chain(() -> Transcripts.save(statements, caller, told, after.call(), fragments));
    }

    private static boolean isSame(CallRow before, CallRow after) {
        return after.call().isSameBesideTranscript(before.call())
                && Objects.equals(after.headId(), before.headId())
                && after.linked() == before.linked();
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

    /** Stores which contact the other party is. */
    static Uni<Void> link(Statements statements, String provider, String providerCallId, UUID contactId) {
        return statements
                .run(LINK, Tuple.of(provider, providerCallId, contactId))
                .replaceWithVoid();
    }

    private static Tuple values(CallerContext caller, CallRow row, Instant arrivedAt) {
        var call = row.call();
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
                .addValue(new JsonObject(new HashMap<>(call.evidence())))
                .addValue(row.headId())
                .addValue(row.linked());
        ReportField.ALL.forEach(
                field -> values.addValue(CallColumn.argument(call.report().get(field))));
        return values;
    }

    private static CallRow row(Row row) {
        return new CallRow(
                call(row),
                row.getUUID("head_id"),
                row.getBoolean("linked"),
                row.getUUID("contact_id"),
                Stream.of(row.getArrayOfStrings("keys")).map(CallLogs::key).collect(Collectors.toUnmodifiableSet()));
    }

    /** A provider's name has no blank. */
    private static CallKey key(String text) {
        int blank = text.indexOf(' ');
        return new CallKey(text.substring(0, blank), text.substring(blank + 1));
    }

    private static Call call(Row row) {
        return new Call(
                row.getUUID("id"),
                row.getString("provider"),
                row.getString("provider_call_id"),
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
