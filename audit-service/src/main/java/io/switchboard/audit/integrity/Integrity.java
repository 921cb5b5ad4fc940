package io.switchboard.audit.integrity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.Uncancellable;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Checks trees: now, for a caller who waits, and all records of each organization from time to time. */
@ApplicationScoped
class Integrity {
    private static final Logger LOG = Logger.getLogger(Integrity.class);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration LONGEST_FULL_CHECK = Duration.ofMinutes(55); // before its lease ends

    private final TenantSql sql;
    private final TreeCheck trees;
    private final Counter findings;
    private final long checkedNow;

    /** @param checkedNow records that are checked while a caller waits */
    Integrity(
            TenantSql sql,
            TreeCheck trees,
            MeterRegistry meters,
            @ConfigProperty(name = "switchboard.audit.checked-now", defaultValue = "200000") long checkedNow) {
        this.sql = sql;
        this.trees = trees;
        this.findings = meters.counter("switchboard.audit.broken.trees");
        this.checkedNow = checkedNow;
    }

    /** Fails with {@code check_running}, or with {@code unavailable} after a minute. */
    Uni<IntegrityView> check(CallerContext caller, UUID org) {
        return sql.crossTenant("select begin_check($1, $2) as begun", Tuple.of(org, (int) LONGEST.toSeconds() + 5))
                .chain(begun -> begun.iterator().next().getBoolean("begun")
                        ? Uncancellable.run(
                                checkNow(caller, org).onItemOrFailure().call(() -> end(org)))
                        : Uni.createFrom()
                                .failure(Problem.conflict(
                                        "check_running", "A check of this organization is running; try again.", 5)));
    }

    private Uni<?> end(UUID org) {
        return sql.crossTenant("select end_check($1)", Tuple.of(org))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<IntegrityView> checkNow(CallerContext caller, UUID org) {
        return state(caller, org).chain(state -> {
            long from = Math.max(0, state.size() - checkedNow);
            return trees.run(caller, state, from, LONGEST)
                    .invoke(broken -> tell(org, broken))
                    .chain(broken -> from == 0
                            ? keep(org, broken).map(at -> view(state, from, at, broken))
                            : Uni.createFrom().item(view(state, from, state.fullCheckedAt(), broken)));
        });
    }

    /** All records of one organization. */
    Uni<Void> checkAll(CallerContext worker) {
        return state(worker, worker.orgId())
                .chain(state -> trees.run(worker, state, 0, LONGEST_FULL_CHECK))
                .invoke(broken -> tell(worker.orgId(), broken))
                .chain(broken -> keep(worker.orgId(), broken))
                .replaceWithVoid();
    }

    private Uni<TreeState> state(CallerContext caller, UUID org) {
        return sql.first(caller, TreeState.SQL, Tuple.of(org), row -> TreeState.of(org, row));
    }

    private Uni<OffsetDateTime> keep(UUID org, @Nullable BrokenRecord broken) {
        var args = broken == null
                ? Tuple.of(org, null, null, null)
                : Tuple.of(org, broken.id(), broken.sequence(), broken.reason().wire());
        return sql.crossTenant("select end_full_check($1, $2, $3, $4) as at", args)
                .map(rows -> rows.iterator().next().getOffsetDateTime("at"));
    }

    private void tell(UUID org, @Nullable BrokenRecord broken) {
        if (broken != null) {
            findings.increment();
            LOG.error("The log of organization %s is broken: first at sequence %d, record %s: %s"
                    .formatted(
                            org, broken.sequence(), broken.id(), broken.reason().wire()));
        }
    }

    private static IntegrityView view(
            TreeState state, long from, @Nullable OffsetDateTime fullCheckAt, @Nullable BrokenRecord found) {
        var earlier = state.fullCheck();
        var broken = earlier != null && earlier.sequence() < from ? earlier : found;
        return new IntegrityView(
                broken == null,
                state.size(),
                state.unsealed(),
                state.sealedAt(),
                broken,
                state.size() == 0 ? null : from,
                state.size() == 0 ? null : state.size() - 1,
                fullCheckAt,
                state.checkpoint());
    }
}
