package io.switchboard.voice.inbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.text.CleanText;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The queue of events in SQL: leases them to workers, and notes what became of each. */
@ApplicationScoped
class EventQueue {
    private static final int LEASE_SECONDS = 30;
    private static final int LONGEST_ERROR = 500;

    private static final String CLAIM = "select org_id, id, provider, call_key, attempts, applied, effects, lease"
            + " from claim_webhook_events($1, $2, $3, $4, $5, $6, $7)";
    private static final String RELEASE = "select release_webhook_events($1)";
    private static final String CHANGE = "update processed_webhook_events set lease = null, lease_until = null, ";
    private static final String LEASED = " where org_id = $1 and id = $2 and lease = $3";
    private static final String LOCK = "select 1 from processed_webhook_events" + LEASED + " for update";
    private static final String FINISH =
            CHANGE + "status = 'done', error = null, effects = null, processed_at = now()" + LEASED;
    private static final String POSTPONE =
            CHANGE + "status = 'pending', attempts = attempts - 1, next_attempt_at = now()" + LEASED;
    private static final String RETRY =
            CHANGE + "status = 'pending', error = $4, next_attempt_at = now() + make_interval(secs => $5)" + LEASED;
    private static final String DEAD_LETTER = CHANGE + "status = 'dead', error = $4, processed_at = now()" + LEASED;

    private final TenantSql sql;

    EventQueue(TenantSql sql) {
        this.sql = sql.forWorkers();
    }

    /**
     * Leases events: of each call at most one, of tenants in turn.
     *
     * @param owedAtMost how many of them may have only effects outstanding
     * @param leftOut tenants of which nothing is claimed
     * @param away tenants of which no outstanding effects are claimed
     * @param held the tenant of each event that the worker holds
     * @param capacity how many events the worker holds at most
     */
    Uni<List<Claim>> claim(
            int atMost, int owedAtMost, Set<UUID> leftOut, Set<UUID> away, List<UUID> held, int capacity) {
        var args = Tuple.of(atMost, owedAtMost)
                .addArrayOfUUID(leftOut.toArray(UUID[]::new))
                .addArrayOfUUID(away.toArray(UUID[]::new))
                .addArrayOfUUID(held.toArray(UUID[]::new))
                .addInteger(capacity)
                .addInteger(LEASE_SECONDS);
        return sql.crossTenant(CLAIM, args).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(EventQueue::claim)
                .toList());
    }

    /** Gives back leases of events that were not begun. */
    Uni<?> release(Collection<Claim> claims) {
        return sql.crossTenant(
                RELEASE, Tuple.of((Object) claims.stream().map(Claim::lease).toArray(UUID[]::new)));
    }

    /** Holds the event's row. */
    Uni<?> lock(Statements statements, Claim claim) {
        return statements.run(LOCK, leased(claim));
    }

    /** Its effects have arrived. */
    Uni<?> finish(Statements statements, Claim claim) {
        return statements.run(FINISH, leased(claim));
    }

    /** Its effects cannot be sent now; this costs no try. */
    Uni<?> postpone(Claim claim) {
        return sql.execute(claim.caller(), POSTPONE, leased(claim));
    }

    /** It failed, and is tried again after the wait. */
    Uni<?> retry(Claim claim, String reason, Duration wait) {
        return sql.execute(
                claim.caller(), RETRY, leased(claim).addValue(cut(reason)).addValue(wait.toMillis() / 1000.0));
    }

    /** It failed too often. */
    Uni<?> deadLetter(Claim claim, String reason) {
        return sql.execute(claim.caller(), DEAD_LETTER, leased(claim).addValue(cut(reason)));
    }

    static String cut(String reason) {
        return CleanText.of(CleanText.cut(reason, LONGEST_ERROR));
    }

    static Tuple leased(Claim claim) {
        return Tuple.of(claim.orgId(), claim.id(), claim.lease());
    }

    private static Claim claim(Row row) {
        return new Claim(
                row.getUUID("org_id"),
                row.getUUID("id"),
                row.getString("provider"),
                row.getString("call_key"),
                row.getInteger("attempts"),
                row.getBoolean("applied"),
                row.getString("effects"),
                row.getUUID("lease"));
    }
}
