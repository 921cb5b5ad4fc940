package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.phone.PlaceholderNames;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Contacts as live calls know them: by any of their numbers, however it is written. */
@ApplicationScoped
public class CallContacts {
    private static final String FIND = "select " + ContactView.COLUMNS + " from contacts where org_id = $1"
            + " and id = (select p.contact_id from contact_phones p where p.org_id = $1 and p.phone = $2)";

    /** A note that is there already is not added again. */
    private static final String ADD_NOTE =
            "update contacts set notes = left(concat_ws(e'\\n', nullif(notes, ''), $3::text), 20000)"
                    + " where org_id = $1 and id = $2 and strpos(coalesce(notes, ''), $3::text) = 0 returning "
                    + ContactView.COLUMNS;

    private final TenantSql sql;
    private final ContactUpserts upserts;
    private final PhoneReading phones;

    CallContacts(TenantSql sql, ContactUpserts upserts, PhoneReading phones) {
        this.sql = sql;
        this.upserts = upserts;
        this.phones = phones;
    }

    /**
     * A number that was told.
     *
     * @param normalized E.164; as given where it is no number
     */
    public record Number(String given, String normalized) {}

    /** What a call tells to be changed; null is no change. @param note goes below the contact's notes */
    public record Details(
            @Nullable String name,
            @Nullable String email,
            @Nullable LeadScore leadScore,
            @Nullable String note) {}

    /** In a transaction of its own. */
    public Uni<Number> read(CallerContext caller, String given) {
        return phones.normalize(caller, given).map(normalized -> new Number(given, normalized));
    }

    /** Null for an unknown number. */
    public Uni<@Nullable ContactView> find(CallerContext caller, Number number) {
        return sql.first(caller, FIND, Tuple.of(caller.orgId(), number.normalized()), ContactView::of);
    }

    /** The contact with a number; a new one where there is none. */
    public Uni<ContactView> findOrAdd(
            CallerContext caller, Statements statements, Number number, @Nullable String name) {
        return statements
                .first(FIND, Tuple.of(caller.orgId(), number.normalized()), ContactView::of)
                .onItem()
                .ifNull()
                .switchTo(() -> fillName(caller, statements, number, name));
    }

    /** The name fills only a missing one. */
    public Uni<ContactView> fillName(
            CallerContext caller, Statements statements, Number number, @Nullable String name) {
        var form = new ContactFromCallForm(name, null, null);
        return upserts.putFromCall(caller, statements, number.given(), number.normalized(), form)
                .map(ContactUpserts.Upserted::contact);
    }

    /** Adds the contact with a number, or changes it. */
    public Uni<ContactView> put(CallerContext caller, Statements statements, Number number, Details details) {
        var form = new ContactDetailsForm(
                PlaceholderNames.nameOrNull(details.name()),
                details.email(),
                null,
                details.leadScore(),
                null,
                null,
                null,
                null,
                null);
        return upserts.put(caller, statements, number.given(), number.normalized(), form)
                .map(ContactUpserts.Upserted::contact)
                .chain(contact -> addNote(caller, statements, contact, details.note()));
    }

    private static Uni<ContactView> addNote(
            CallerContext caller, Statements statements, ContactView contact, @Nullable String note) {
        return note == null
                ? Uni.createFrom().item(contact)
                : statements
                        .first(ADD_NOTE, Tuple.of(caller.orgId(), contact.id(), note), ContactView::of)
                        .onItem()
                        .ifNull()
                        .continueWith(contact);
    }
}
