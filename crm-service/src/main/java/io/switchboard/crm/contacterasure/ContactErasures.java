package io.switchboard.crm.contacterasure;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.WorkQueue;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Erases in the database, and leaves the rest to {@link VoiceErasure}. */
@ApplicationScoped
class ContactErasures {
    private static final String ERASE = "select erase_contact($1) as id";
    private static final String FIND =
            "select " + ContactErasureView.COLUMNS + " from contact_erasures where org_id = $1 and ";
    private static final String BY_ID = FIND + "id = $2";
    private static final String RUNNING =
            FIND + "contact_id = $2 and completed_at is null order by created_at desc limit 1";

    private final TenantSql sql;
    private final WorkQueue work;
    private final Outbox outbox;

    ContactErasures(TenantSql sql, WorkQueue work, Outbox outbox) {
        this.sql = sql;
        this.work = work;
        this.outbox = outbox;
    }

    /** Inside a transaction of Hibernate's. Fails with {@code contact_not_found}. */
    Uni<ContactErasureView> erase(CallerContext caller, UUID contactId) {
        return SessionSql.current().chain(session -> {
            var statements = session.statements();
            return statements
                    .first(ERASE, Tuple.of(contactId), row -> row.getUUID("id"))
                    .call(erasureId ->
                            erasureId == null ? Uni.createFrom().nullItem() : record(caller, statements, contactId))
                    .chain(erasureId -> find(caller, statements, contactId, erasureId))
                    .call(erasure -> work.add(
                            caller,
                            session,
                            VoiceErasure.KIND,
                            JsonObject.of("erasureId", erasure.id().toString())));
        });
    }

    /** Fails with {@code contact_erasure_not_found}. */
    Uni<ContactErasureView> show(CallerContext caller, UUID id) {
        return sql.first(caller, BY_ID, Tuple.of(caller.orgId(), id), ContactErasureView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("contact_erasure", id));
    }

    /** What the audit log keeps of it: that it was, and no word of who. */
    private Uni<Void> record(CallerContext caller, Statements statements, UUID contactId) {
        return outbox.record(caller, statements, AuditEvent.success("contact_erased", "contacts", contactId));
    }

    /** The new erasure; or the one of an earlier request, whose work is added again in case it was given up. */
    private static Uni<ContactErasureView> find(
            CallerContext caller, Statements statements, UUID contactId, @Nullable UUID erasureId) {
        return (erasureId == null
                        ? statements.first(RUNNING, Tuple.of(caller.orgId(), contactId), ContactErasureView::of)
                        : statements.first(BY_ID, Tuple.of(caller.orgId(), erasureId), ContactErasureView::of))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("contact", contactId));
    }
}
