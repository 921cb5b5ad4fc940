package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.voice.provider.CallDirection;
import io.switchboard.voice.provider.CallState;
import io.switchboard.voice.provider.LeadScore;
import io.switchboard.voice.provider.Parties;
import io.switchboard.voice.provider.Report;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes whole calls in the worker's transaction. */
final class CallLogs {
    private static final String LOCK =
            "select id, carrier_call_id, parent_call_id, status::text, answered, direction::text,"
                    + " from_number, to_number, from_e164, to_e164, customer_name, started_at, answered_at, ended_at,"
                    + " duration_seconds, ended_reason, cost, transcript, summary, success_evaluation, recording_url,"
                    + " lead_score::text, metadata, evidence, erased_at is not null as erased from call_logs"
                    + " where org_id = $1 and provider = $2 and provider_call_id = $3 for update";
    private static final String ADD =
            "insert into call_logs (org_id, id, carrier_call_id, parent_call_id, status, answered,"
                    + " direction, from_number, to_number, from_e164, to_e164, customer_name, started_at, answered_at, ended_at,"
                    + " duration_seconds, ended_reason, cost, transcript, summary, success_evaluation, recording_url, lead_score,"
                    + " metadata, evidence, provider, provider_call_id) values ($1, $2, $3, $4, $5::text::call_status, $6,"
                    + " $7::text::call_direction, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,"
                    + " $23::text::call_lead_score, $24, $25, $26, $27)";
    private static final String CHANGE = "update call_logs set carrier_call_id = $3, parent_call_id = $4,"
            + " status = $5::text::call_status, answered = $6, direction = $7::text::call_direction, from_number = $8,"
            + " to_number = $9, from_e164 = $10, to_e164 = $11, customer_name = $12, started_at = $13, answered_at = $14,"
            + " ended_at = $15, duration_seconds = $16, ended_reason = $17, cost = $18, transcript = $19, summary = $20,"
            + " success_evaluation = $21, recording_url = $22, lead_score = $23::text::call_lead_score, metadata = $24,"
            + " evidence = $25, version = version + 1 where org_id = $1 and id = $2";
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
        var args = values(caller, after, arrivedAt);
        var saved = before == null
                ? statements.run(ADD, args.addValue(after.provider()).addValue(after.providerCallId()))
                : statements.run(CHANGE, args);
        return saved.replaceWithVoid();
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
        var report = call.report();
        var started = call.times().started();
        return Tuple.tuple()
                .addValue(caller.orgId())
                .addValue(call.id())
                .addValue(report.carrierCallId())
                .addValue(report.parentCallId())
                .addValue(call.state().wire())
                .addValue(call.answered())
                .addValue(word(call.parties().direction()))
                .addValue(call.parties().from())
                .addValue(call.parties().to())
                .addValue(call.fromE164())
                .addValue(call.toE164())
                .addValue(report.customerName())
                .addValue(time(started == null ? arrivedAt : started))
                .addValue(time(call.times().answered()))
                .addValue(time(call.times().ended()))
                .addValue(report.durationSeconds())
                .addValue(report.endedReason())
                .addValue(report.cost())
                .addValue(report.transcript())
                .addValue(report.summary())
                .addValue(report.successEvaluation())
                .addValue(report.recordingUrl())
                .addValue(word(report.leadScore()))
                .addValue(new JsonObject(new HashMap<>(call.metadata())))
                .addValue(new JsonObject(new HashMap<>(call.evidence())));
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
                report(row),
                entries(row.getJsonObject("metadata"), String.class::cast),
                entries(row.getJsonObject("evidence"), weight -> ((Number) weight).longValue()),
                row.getBoolean("erased"));
    }

    private static Report report(Row row) {
        return new Report(
                row.getString("ended_reason"),
                row.getInteger("duration_seconds"),
                row.getBigDecimal("cost"),
                row.getString("transcript"),
                row.getString("summary"),
                row.getString("success_evaluation"),
                row.getString("recording_url"),
                row.getString("customer_name"),
                EnumParam.fromWire(LeadScore.class, row.getString("lead_score")),
                row.getString("carrier_call_id"),
                row.getString("parent_call_id"));
    }

    private static <T> Map<String, T> entries(JsonObject json, Function<Object, T> value) {
        var entries = new HashMap<String, T>();
        json.forEach(entry -> entries.put(entry.getKey(), value.apply(entry.getValue())));
        return Map.copyOf(entries);
    }

    private static @Nullable String word(@Nullable Enum<?> constant) {
        return constant == null ? null : EnumParam.wire(constant);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
