package io.switchboard.voice.recording;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.provider.RecordedCall;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What must be known of a call to fetch its recording. */
@ApplicationScoped
class RecordedCalls {
    private static final int MOST_LEGS = 5;
    private static final String COLUMNS = "select provider, provider_call_id, recording_url, erased_at is not null"
            + " or coalesce(id < uuid_v7_floor(now() - make_interval(days =>"
            + " (select s.recording_days from call_settings_now() s))), false) as is_gone";
    private static final String CALL = COLUMNS + " from call_logs where org_id = $1 and id = $2";
    private static final String LEGS = COLUMNS + " from call_logs where org_id = $1 and head_id = $2"
            + " order by recording_url is null, started_at, id limit " + MOST_LEGS;

    private final TenantSql sql;

    RecordedCalls(TenantSql sql) {
        this.sql = sql;
    }

    /** A call or one of its legs, with the name of its provider. */
    record Leg(String provider, RecordedCall call, boolean isGone) {}

    /**
     * The call, and its legs after it, without those that are erased or whose recordings the organization keeps no longer. Fails with
     * {@code call_not_found}, also for another tenant's or another client's call.
     */
    Uni<List<Leg>> find(CallerContext caller, UUID id) {
        return sql.transaction(caller, statements -> statements
                .first(CALL, Tuple.of(caller.orgId(), id), RecordedCalls::leg)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("call", id))
                .chain(call -> statements
                        .list(LEGS, Tuple.of(caller.orgId(), id), RecordedCalls::leg)
                        .map(legs -> kept(call, legs))));
    }

    private static List<Leg> kept(Leg call, List<Leg> legs) {
        return call.isGone()
                ? List.of()
                : Stream.concat(Stream.of(call), legs.stream())
                        .filter(leg -> !leg.isGone())
                        .toList();
    }

    private static Leg leg(Row row) {
        return new Leg(
                row.getString("provider"),
                new RecordedCall(row.getString("provider_call_id"), row.getString("recording_url")),
                row.getBoolean("is_gone"));
    }
}
