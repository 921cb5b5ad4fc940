package io.switchboard.kit.work;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Committed;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;

/** Adds work for a {@link WorkHandler}, in the transaction that needs it: it is done only if that commits. */
@ApplicationScoped
public class WorkQueue {
    static final String NAME = "work";
    private static final String ADD = "insert into work (org_id, id, kind, payload) values ($1, $2, $3, $4)";

    /** Longer than a transaction lasts, as a rule. */
    private static final long WAITS_FOR_COMMIT = Duration.ofSeconds(5).toNanos();

    private final PgNotifications notifications;
    private volatile long wakeUntil = System.nanoTime();

    WorkQueue(PgNotifications notifications) {
        this.notifications = notifications;
    }

    /** Answers the id of the piece. */
    public Uni<UUID> add(CallerContext caller, Statements statements, String kind, JsonObject payload) {
        var id = UuidV7.next();
        return statements
                .run(ADD, Tuple.of(caller.orgId(), id, kind, payload))
                .invoke(this::expectCommit)
                .replaceWith(id);
    }

    /** The same in the transaction of the Hibernate session. */
    public Uni<UUID> add(CallerContext caller, SessionSql session, String kind, JsonObject payload) {
        var id = UuidV7.next();
        return session.update(ADD, caller.orgId(), id, kind, payload)
                .invoke(this::expectCommit)
                .replaceWith(id);
    }

    private void expectCommit() {
        wakeUntil = System.nanoTime() + WAITS_FOR_COMMIT;
    }

    /** Which of the next commits has the new piece is not known, so each of them wakes the workers. */
    void wake(@Observes Committed commit) {
        if (System.nanoTime() - wakeUntil < 0) {
            notifications.send(NAME);
        }
    }
}
