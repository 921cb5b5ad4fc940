package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * The numbers of contacts. Triggers keep {@code contacts.phone} in step: a contact whose main number is deleted has its oldest
 * other one instead. Each change of numbers is a new version of the contact.
 */
@ApplicationScoped
class ContactPhones {
    private static final int MOST = 20;

    /** Orders changes of one contact's numbers, so that the count below holds. */
    private static final String LOCK = "select id from contacts where org_id = $1 and id = $2 for update";

    private static final String ADD = "insert into contact_phones (org_id, contact_id, phone, phone_as_given, label)"
            + " select $1::uuid, $2::uuid, $3::text, $4::text, $5::text"
            + " where (select count(*) from contact_phones where org_id = $1 and contact_id = $2) < " + MOST
            + " returning phone";
    private static final String TOUCH = "update contacts set version = version + 1, phone = coalesce(phone, $3),"
            + " phone_as_given = case when phone is null then $4 else phone_as_given end"
            + " where org_id = $1 and id = $2 returning phone = $3 as main";

    /** Locks in the order of all others: the contact, then its number. */
    private static final String REMOVE = "with contact as (" + LOCK + "), removed as (delete from contact_phones p"
            + " using contact where p.org_id = $1 and p.contact_id = contact.id and p.phone = $3 returning p.contact_id)"
            + " update contacts set version = version + 1 from removed"
            + " where contacts.org_id = $1 and contacts.id = removed.contact_id returning contacts.id";

    private final TenantSql sql;

    ContactPhones(TenantSql sql) {
        this.sql = sql;
    }

    /**
     * Inside {@code TenantWork}. The first number of a contact is its main one. Fails with {@code contact_not_found},
     * {@code contact_phone_taken} or {@code contact_phones_full}.
     */
    Uni<ContactPhoneView> add(CallerContext caller, UUID contact, ContactPhoneForm form, String phone) {
        return SessionSql.current().map(SessionSql::statements).chain(statements -> lock(statements, caller, contact)
                .chain(() -> insert(statements, caller, contact, form, phone))
                .chain(() -> touch(statements, caller, contact, form, phone)));
    }

    private static Uni<?> lock(Statements statements, CallerContext caller, UUID contact) {
        return statements
                .first(LOCK, Tuple.of(caller.orgId(), contact), row -> row.getUUID(0))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("contact", contact));
    }

    private static Uni<?> insert(
            Statements statements, CallerContext caller, UUID contact, ContactPhoneForm form, String phone) {
        var args = Tuple.of(caller.orgId(), contact, phone, form.phone(), form.label());
        return statements
                .first(ADD, args, row -> row.getString(0))
                .onItem()
                .ifNull()
                .failWith(() ->
                        Problem.conflict("contact_phones_full", "A contact has at most " + MOST + " phone numbers."));
    }

    private static Uni<ContactPhoneView> touch(
            Statements statements, CallerContext caller, UUID contact, ContactPhoneForm form, String phone) {
        var args = Tuple.of(caller.orgId(), contact, phone, form.phone());
        return statements.first(TOUCH, args, row -> view(row, form, phone));
    }

    private static ContactPhoneView view(Row row, ContactPhoneForm form, String phone) {
        return new ContactPhoneView(phone, form.label(), row.getBoolean("main"));
    }

    /** Fails with {@code contact_phone_not_found}, also where there is no such contact. */
    Uni<Void> remove(CallerContext caller, UUID contact, String phone) {
        return sql.first(caller, REMOVE, Tuple.of(caller.orgId(), contact, phone), row -> row.getUUID(0))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("contact_phone", contact))
                .replaceWithVoid();
    }
}
