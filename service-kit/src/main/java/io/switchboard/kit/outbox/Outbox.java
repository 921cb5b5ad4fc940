package io.switchboard.kit.outbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Takes what other services are to be told: calls that are owed to a peer, and audit events.
 *
 * <p>It records audit events that are no row changes, in the transaction they belong to; row changes are recorded by a trigger. The
 * database adds who, when and from where: see the SQL function {@code audit_event}.
 */
@ApplicationScoped
public class Outbox {
    public static final String INSERT = "insert into outbox (org_id, id, event) values ($1, $2, $3)";
    private static final String OWE = "insert into outbox (org_id, id, destination, event) values ($1, $2, $3, $4)";

    public Uni<Void> record(CallerContext caller, Statements statements, AuditEvent event) {
        return statements.run(INSERT, entry(caller, event).row()).replaceWithVoid();
    }

    /**
     * Owes a peer this call, if the transaction commits. Answers the id of the outbox row: {@code select owed_call_state(id)} tells,
     * to the same organization, {@code waiting} until the peer has answered with a 2xx, {@code refused} if it is given up, then null.
     */
    public Uni<UUID> owe(CallerContext caller, Statements statements, PeerCall call) {
        var id = UuidV7.next();
        return statements
                .run(OWE, Tuple.of(caller.orgId(), id, call.peer(), call.event()))
                .replaceWith(id);
    }

    /** The same in the transaction of the Hibernate session, which is flushed before. */
    public Uni<UUID> owe(CallerContext caller, SessionSql session, PeerCall call) {
        return owe(caller, session.statements(), call);
    }

    /** The row for a statement that inserts it itself, to save a round trip. */
    public Entry entry(CallerContext caller, AuditEvent event) {
        return new Entry(caller.orgId(), UuidV7.next(), event.json());
    }

    /**
     * A row of the outbox.
     *
     * @param event an audit event as the database completes it
     */
    public record Entry(UUID orgId, UUID id, JsonObject event) {

        /** The arguments of {@link #INSERT}. */
        public Tuple row() {
            return Tuple.of(orgId, id, event);
        }
    }
}
