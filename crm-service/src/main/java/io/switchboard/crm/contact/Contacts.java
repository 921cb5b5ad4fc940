package io.switchboard.crm.contact;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.EntityDeletion;
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
    private static final String ONE = " from contacts where org_id = $1 and id = $2";
    private static final String SHOW = "select " + ContactView.COLUMNS + ONE;
    private static final String SHOW_WITH_MAIN_PHONE = "select " + ContactView.COLUMNS_WITH_MAIN_PHONE + ONE;

    private final TenantSql sql;
    private final PhoneReading phones;

    Contacts(TenantSql sql, PhoneReading phones) {
        this.sql = sql;
        this.phones = phones;
    }

    /** Fails with {@code contact_phone_taken}, or {@code invalid} where the phone is no number. */
    Uni<ContactView> create(CallerContext caller, ContactForm form) {
        return phones.check(form.phone()).chain(phone -> save(caller, new Contact(caller, form, phone)));
    }

    /** Fails with {@code contact_not_found}, {@code changed_meanwhile}, {@code lead_status_illegal} or {@code contact_phone_taken}. */
    Uni<ContactView> revise(CallerContext caller, UUID id, IfMatch ifMatch, MergePatch<ContactForm> patch) {
        return get(id).invoke(ifMatch::check)
                .call(contact -> revised(contact, patch.on(contact.form())))
                .chain(contact -> save(caller, contact));
    }

    /** Fails with {@code contact_not_found} or {@code changed_meanwhile}. */
    Uni<Void> delete(UUID id, IfMatch ifMatch) {
        return get(id).invoke(ifMatch::check).chain(contact -> EntityDeletion.delete(this, contact));
    }

    private Uni<?> revised(Contact contact, ContactForm form) {
        var phone =
                contact.hasGiven(form.phone()) ? Uni.createFrom().item(contact.phone()) : phones.check(form.phone());
        return phone.invoke(normalized -> contact.revise(form, normalized));
    }

    /** Fails with {@code contact_not_found}, also for another tenant's contact: row security hides it. */
    private Uni<Contact> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("contact", id));
    }

    /** Writes a new or changed one, and reads back what the database sets. Fails with {@code contact_phone_taken}. */
    private Uni<ContactView> save(CallerContext caller, Contact contact) {
        return persistAndFlush(contact).chain(SessionSql::current).chain(session -> session.statements()
                .first(SHOW, Tuple.of(caller.orgId(), contact.id()), ContactView::of));
    }

    /** Fails with {@code contact_not_found}. */
    public Uni<ContactView> show(CallerContext caller, UUID id) {
        var args = Tuple.of(caller.orgId(), id);
        return sql.first(caller, SHOW_WITH_MAIN_PHONE, args, row -> row).chain(row -> {
            if (row == null) {
                throw Problem.notFound("contact", id);
            }
            return row.getBoolean("several_phones")
                    ? sql.first(caller, SHOW, args, ContactView::of)
                    : Uni.createFrom().item(ContactView.of(row));
        });
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
