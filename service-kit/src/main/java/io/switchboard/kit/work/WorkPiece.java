package io.switchboard.kit.work;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code work}, leased to this worker.
 *
 * @param caller this service, in the organization of the piece
 * @param progress what was saved last; null at the beginning
 * @param attempts how often it was begun, this time included
 */
public record WorkPiece(
        CallerContext caller,
        UUID id,
        JsonObject payload,
        @Nullable JsonObject progress,
        int attempts,
        UUID lease) {
    private static final String SAVE =
            "update work set progress = $4, losses = 0 where org_id = $1 and id = $2 and lease = $3";

    /**
     * Saves where the next try continues, in the transaction whose effects it covers. Fails with {@link LeaseLost}, which rolls
     * that transaction back.
     */
    public Uni<Void> save(Statements statements, JsonObject progress) {
        return statements
                .run(SAVE, Tuple.of(caller.orgId(), id, lease, progress))
                .invoke(saved -> requireLease(saved.rowCount()))
                .replaceWithVoid();
    }

    /** The same in the transaction of the Hibernate session. */
    public Uni<Void> save(SessionSql session, JsonObject progress) {
        return session.update(SAVE, caller.orgId(), id, lease, progress)
                .invoke(WorkPiece::requireLease)
                .replaceWithVoid();
    }

    private static void requireLease(int rows) {
        if (rows == 0) {
            throw new LeaseLost();
        }
    }
}
