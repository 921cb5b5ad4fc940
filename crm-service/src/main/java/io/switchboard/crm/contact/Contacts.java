package io.switchboard.crm.contact;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The contacts of the caller's organization; but for what calls and upserts write, see {@link ContactUpserts}. */
@ApplicationScoped
public class Contacts implements PanacheRepositoryBase<Contact, UUID> {
    private static final String SHOW = "select " + ContactView.COLUMNS + " from contacts where org_id = $1 and id = $2";

    private final TenantSql sql;

    Contacts(TenantSql sql) {
        this.sql = sql;
    }

    /** Fails with {@code contact_not_found}, also for another tenant's contact: row security hides it. */
    Uni<Contact> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("contact", id));
    }

    /** Writes a new or changed one, and reads back what the database sets. Fails with {@code contact_phone_taken}. */
    Uni<ContactView> save(CallerContext caller, Contact contact) {
        return persistAndFlush(contact).chain(SessionSql::current).chain(session -> session.statements()
                .first(SHOW, Tuple.of(caller.orgId(), contact.id()), ContactView::of));
    }

    /** Fails with {@code contact_not_found}. */
    public Uni<ContactView> show(CallerContext caller, UUID id) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id), ContactView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("contact", id));
    }

    /** The same in a transaction that is open. */
    public Uni<ContactView> show(CallerContext caller, Statements statements, UUID id) {
        return statements
                .first(SHOW, Tuple.of(caller.orgId(), id), ContactView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("contact", id));
    }

    Uni<PageOf<ContactView>> list(CallerContext caller, ContactFilter filter, @Nullable String phone, Page page) {
        var words = filter.words();
        return (words == null ? sql : sql.forSearch(words))
                .boundedPage(
                        caller,
                        query(caller.orgId(), filter, phone, page),
                        ContactView::of,
                        ContactView.LONG_TEXTS,
                        filter.order()::after);
    }

    /**
     * The list's statement, put together of fixed parts, with its arguments. Only leakproof comparisons reach an index under
     * row security: hence statuses are literals, each with a partial index, and searches are functions.
     */
    static ListQuery query(UUID orgId, ContactFilter filter, @Nullable String phone, Page page) {
        var list = new ListQuery(page, "select " + ContactView.COLUMNS + " from contacts where org_id = $1", orgId);
        var score = filter.leadScore();
        if (score != null) {
            list.and("lead_score = '" + score.wire() + "'");
        }
        var status = filter.leadStatus();
        if (status != null) {
            list.and("lead_status = '" + status.wire() + "'");
        }
        var blocked = filter.isBlocked();
        if (blocked != null) {
            list.and(blocked ? "is_blocked" : "not is_blocked");
        }
        list.andIfGiven("id = (select p.contact_id from contact_phones p where p.org_id = $1 and p.phone = ?)", phone)
                .andIfGiven("id in (select contacts_interested_in(?))", filter.interest());
        if (filter.words() != null) {
            list.and("id in (select search_contacts(?, ?))", filter.words(), filter.digits());
        }
        return filter.order().end(list, page.after());
    }
}
