package io.switchboard.voice.call;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.call.Effect.CallMissed;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** Missed calls that staff is still to be told of. */
@ApplicationScoped
class MissedCalls {
    private static final String ANSWERED = "select o.id from call_logs o"
            + " join call_logs h on h.org_id = o.org_id and h.id = coalesce(o.head_id, o.id)"
            + " where o.org_id = $1 and o.id = any ($2) and h.answered";

    private final TenantSql sql;

    MissedCalls(TenantSql sql) {
        this.sql = sql.forWorkers();
    }

    /** Effects that have waited, without missed calls that were answered after all: there was later word of them. */
    Uni<List<Effect>> stillTrue(CallerContext caller, List<Effect> effects) {
        var missed = effects.stream()
                .filter(CallMissed.class::isInstance)
                .map(effect -> ((CallMissed) effect).callId())
                .toArray(UUID[]::new);
        return missed.length == 0
                ? Uni.createFrom().item(effects)
                : sql.list(caller, ANSWERED, Tuple.of(caller.orgId(), (Object) missed), row -> row.getUUID("id"))
                        .map(answered -> CallEffects.without(new HashSet<>(answered), effects));
    }
}
