package io.switchboard.crm.contact;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.phone.PlaceholderNames;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.text.CleanText;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The contacts of the caller's organization; the only place with queries on them. */
@ApplicationScoped
class Contacts implements PanacheRepositoryBase<Contact, UUID> {
    private static final String COLUMNS =
            "id, name, phone, email, service_interests, lead_score::text, lead_status::text,"
                    + " last_contact_at, notes, created_at, updated_at, version";
    private static final List<String> LONG_TEXTS = List.of("notes", "array_to_string(service_interests, '')");
    private static final String SHOW = "select " + COLUMNS + " from contacts where org_id = $1 and id = $2";

    /** xmax is 0 in a row that the statement inserted, and set in one that it locked and updated. */
    private static final String RETURNING = " returning " + COLUMNS + ", xmax = 0 as created";

    private static final String UPSERT =
            "insert into contacts (org_id, id, phone, phone_as_given, name, email, service_interests, lead_score,"
                    + " lead_status, last_contact_at, notes) values ($1, $2, $3, $4, $5, $6, coalesce($7::text[], '{}'),"
                    + " $8::text::lead_score_type, coalesce($9::text::lead_status_type, 'new'), $10, $11)"
                    + " on conflict (org_id, phone) do update set name = coalesce($5, contacts.name),"
                    + " email = coalesce($6, contacts.email),"
                    + " service_interests = coalesce($7::text[], contacts.service_interests),"
                    + " lead_score = coalesce($8::text::lead_score_type, contacts.lead_score),"
                    + " lead_status = coalesce($9::text::lead_status_type, contacts.lead_status),"
                    + " last_contact_at = coalesce($10, contacts.last_contact_at), notes = coalesce($11, contacts.notes)"
                    + RETURNING;

    /** A hot lead is not written before the first member has arrived, since its notification would reach no user. */
    private static final String UPSERT_FROM_CALL =
            "insert into contacts (org_id, id, phone, phone_as_given, name, last_contact_at, lead_score)"
                    + " select $1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::timestamptz, $7::text::lead_score_type"
                    + " where $7::text is distinct from 'hot' or exists (select from members where org_id = $1::uuid)"
                    + " on conflict (org_id, phone) do update set"
                    + " name = coalesce(nullif(contacts.name, contacts.phone), excluded.name, contacts.name),"
                    + " last_contact_at = greatest(contacts.last_contact_at, excluded.last_contact_at),"
                    + " lead_score = coalesce(excluded.lead_score, contacts.lead_score)"
                    + RETURNING;

    private final TenantSql sql;

    Contacts(TenantSql sql) {
        this.sql = sql;
    }

    /** Fails with {@code contact_not_found}, also for another tenant's contact: row security hides it. */
    Uni<Contact> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("contact", id));
    }

    /** Writes a new or changed one, and reads back the times that the database sets. Fails with {@code contact_phone_taken}. */
    Uni<Contact> save(Contact contact) {
        return persistAndFlush(contact).call(() -> Panache.getSession().chain(session -> session.refresh(contact)));
    }

    /** Fails with {@code contact_not_found}. */
    Uni<ContactView> show(CallerContext caller, UUID id) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id), Contacts::view)
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
                        Contacts::view,
                        LONG_TEXTS,
                        filter.order()::after);
    }

    /** A contact after an upsert, and whether it is new. */
    record Upserted(ContactView contact, boolean isNew) {}

    /** Fails with {@code lead_status_illegal}. */
    Uni<Upserted> put(CallerContext caller, String given, String phone, ContactDetailsForm form) {
        var interests = form.serviceInterests();
        var args = keys(caller, given, phone)
                .addValue(form.name() == null || !CleanText.isVisible(form.name()) ? null : form.name())
                .addValue(form.email())
                .addValue(interests == null ? null : interests.toArray(String[]::new))
                .addValue(LeadScore.wire(form.leadScore()))
                .addValue(form.leadStatus() == null ? null : form.leadStatus().wire())
                .addValue(form.lastContactAt())
                .addValue(form.notes());
        return sql.first(caller, UPSERT, args, Contacts::upserted);
    }

    /** Fails with {@code unavailable} for a hot lead while no member is known who could be notified. */
    Uni<Upserted> upsertFromCall(CallerContext caller, String given, String phone, ContactFromCallForm form) {
        var args = keys(caller, given, phone)
                .addValue(PlaceholderNames.nameOrNull(form.name()))
                .addValue(form.lastContactAt())
                .addValue(LeadScore.wire(form.leadScore()));
        return sql.first(caller, UPSERT_FROM_CALL, args, Contacts::upserted)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.unavailable(1));
    }

    /**
     * The list's statement, put together of fixed parts, with its arguments. Only leakproof comparisons reach an index under
     * row security: hence statuses are literals, each with a partial index, and searches are functions.
     */
    static ListQuery query(UUID orgId, ContactFilter filter, @Nullable String phone, Page page) {
        var list = new ListQuery(page, "select " + COLUMNS + " from contacts where org_id = $1", orgId);
        var score = filter.leadScore();
        if (score != null) {
            list.and("lead_score = '" + score.wire() + "'");
        }
        var status = filter.leadStatus();
        if (status != null) {
            list.and("lead_status = '" + status.wire() + "'");
        }
        list.andIfGiven("phone = ?", phone).andIfGiven("id in (select contacts_interested_in(?))", filter.interest());
        if (filter.words() != null) {
            list.and("id in (select search_contacts(?, ?))", filter.words(), filter.digits());
        }
        return filter.order().end(list, page.after());
    }

    private static Tuple keys(CallerContext caller, String given, String phone) {
        return Tuple.of(caller.orgId(), UuidV7.next(), phone, given);
    }

    private static Upserted upserted(Row row) {
        return new Upserted(view(row), row.getBoolean("created"));
    }

    private static ContactView view(Row row) {
        return new ContactView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("phone"),
                row.getString("email"),
                List.of(row.getArrayOfStrings("service_interests")),
                LeadScore.of(row.getString("lead_score")),
                LeadStatus.of(row.getString("lead_status")),
                row.getOffsetDateTime("last_contact_at"),
                row.getString("notes"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }
}
