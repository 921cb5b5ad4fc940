package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** The notes on contacts. A contact's own {@code notes} are one text beside them. */
@ApplicationScoped
public class ContactNotes {
    private static final String ADD = "insert into contact_notes (org_id, id, contact_id, content, author_id)"
            + " select c.org_id, $3::uuid, c.id, $4::text, $5::uuid from contacts c where c.org_id = $1 and c.id = $2"
            + " returning " + ContactNoteView.COLUMNS;
    private static final String LIST =
            "select " + ContactNoteView.COLUMNS + " from contact_notes where org_id = $1 and contact_id = $2";

    private final TenantSql sql;
    private final Contacts contacts;

    ContactNotes(TenantSql sql, Contacts contacts) {
        this.sql = sql;
        this.contacts = contacts;
    }

    /** Inside {@code TenantWork}. Fails with {@code contact_not_found}. */
    Uni<ContactNoteView> add(CallerContext caller, UUID contact, ContactNoteForm form) {
        var args = Tuple.of(caller.orgId(), contact, UuidV7.next(), form.content(), caller.userId());
        return SessionSql.current()
                .chain(session -> session.statements().first(ADD, args, ContactNoteView::of))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("contact", contact));
    }

    /** Newest first. Fails with {@code contact_not_found}. */
    public Uni<PageOf<ContactNoteView>> list(CallerContext caller, UUID contact, Page page) {
        return sql.boundedPage(
                        caller,
                        query(caller.orgId(), contact, page),
                        ContactNoteView::of,
                        List.of("content"),
                        last -> Cursor.at(last.createdAt(), last.id()))
                .call(found -> found.items().isEmpty()
                        ? contacts.show(caller, contact)
                        : Uni.createFrom().voidItem());
    }

    /** The test of the plan calls it, too. */
    static ListQuery query(UUID orgId, UUID contact, Page page) {
        return new ListQuery(page, LIST, orgId, contact).newestFirst();
    }
}
