package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.phone.PlaceholderNames;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.text.CleanText;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Adds or completes the contact that has a number, be it the main one or not. Each is one statement, safe in any race. */
@ApplicationScoped
class ContactUpserts {
    private static final String PUT = upsert(
            "true",
            "name, email, service_interests, lead_score, lead_status, last_contact_at, notes, is_blocked, metadata",
            "$5::text, $6::text, coalesce($7::text[], '{}'), $8::text::lead_score_type,"
                    + " coalesce($9::text::lead_status_type, 'new'), $10::timestamptz, $11::text, coalesce($12::boolean, false),"
                    + " coalesce($13::jsonb, '{}')",
            "name = coalesce($5::text, contacts.name), email = coalesce($6::text, contacts.email),"
                    + " service_interests = coalesce($7::text[], contacts.service_interests),"
                    + " lead_score = coalesce($8::text::lead_score_type, contacts.lead_score),"
                    + " lead_status = coalesce($9::text::lead_status_type, contacts.lead_status),"
                    + " last_contact_at = coalesce($10::timestamptz, contacts.last_contact_at),"
                    + " notes = coalesce($11::text, contacts.notes),"
                    + " is_blocked = coalesce($12::boolean, contacts.is_blocked),"
                    + " metadata = coalesce($13::jsonb, contacts.metadata)");

    /** A hot lead is not written before the first member has arrived, since its notification would reach no user. */
    private static final String PUT_FROM_CALL = upsert(
            "($7::text is distinct from 'hot' or exists (select from members where org_id = $1))",
            "name, last_contact_at, lead_score",
            "$5::text, $6::timestamptz, $7::text::lead_score_type",
            "name = coalesce(nullif(contacts.name, contacts.phone), $5::text, contacts.name),"
                    + " last_contact_at = greatest(contacts.last_contact_at, $6::timestamptz),"
                    + " lead_score = coalesce($7::text::lead_score_type, contacts.lead_score)");

    private static final int ATTEMPTS = 3;

    private final TenantSql sql;

    ContactUpserts(TenantSql sql) {
        this.sql = sql;
    }

    /** A contact after an upsert, and whether it is new. */
    record Upserted(ContactView contact, boolean isNew) {}

    /** Fails with {@code lead_status_illegal}. */
    Uni<Upserted> put(CallerContext caller, String given, String phone, ContactDetailsForm form) {
        return run(PUT, details(caller, given, phone, form), inOwnTransaction(caller), ATTEMPTS);
    }

    /** The same in a transaction that is open. */
    Uni<Upserted> put(
            CallerContext caller, Statements statements, String given, String phone, ContactDetailsForm form) {
        return run(PUT, details(caller, given, phone, form), in(statements), ATTEMPTS);
    }

    private static Tuple details(CallerContext caller, String given, String phone, ContactDetailsForm form) {
        var interests = form.serviceInterests();
        return keys(caller, given, phone)
                .addValue(form.name() == null || !CleanText.isVisible(form.name()) ? null : form.name())
                .addValue(form.email())
                .addValue(interests == null ? null : interests.toArray(String[]::new))
                .addValue(LeadScore.wire(form.leadScore()))
                .addValue(form.leadStatus() == null ? null : form.leadStatus().wire())
                .addValue(form.lastContactAt())
                .addValue(form.notes())
                .addValue(form.isBlocked())
                .addValue(form.metadata() == null ? null : new JsonObject(form.metadata()));
    }

    /** Fails with {@code unavailable} for a hot lead while no member is known who could be notified. */
    Uni<Upserted> putFromCall(CallerContext caller, String given, String phone, ContactFromCallForm form) {
        return run(PUT_FROM_CALL, report(caller, given, phone, form), inOwnTransaction(caller), ATTEMPTS);
    }

    /** The same in a transaction that is open. */
    Uni<Upserted> putFromCall(
            CallerContext caller, Statements statements, String given, String phone, ContactFromCallForm form) {
        return run(PUT_FROM_CALL, report(caller, given, phone, form), in(statements), ATTEMPTS);
    }

    private static Tuple report(CallerContext caller, String given, String phone, ContactFromCallForm form) {
        return keys(caller, given, phone)
                .addValue(PlaceholderNames.nameOrNull(form.name()))
                .addValue(form.lastContactAt())
                .addValue(LeadScore.wire(form.leadScore()));
    }

    /**
     * The number decides. Where it is known, its contact is updated. Else it is claimed for the new contact {@code $2}; a claim
     * that another transaction has made meanwhile answers that one's contact, which the statement cannot see yet and so is
     * reached by a conflict. {@code xmax} is 0 in a row that the statement inserted. A number that others add to that contact
     * at the same time may be missing from the answer. The audit trail has the claim in the contact's own event.
     */
    private static String upsert(String condition, String columns, String values, String set) {
        return "with known as (select p.contact_id from contact_phones p where p.org_id = $1 and p.phone = $3),"
                + " updated as (update contacts set " + set + " from known where contacts.org_id = $1"
                + " and contacts.id = known.contact_id and " + condition
                + " returning " + ContactView.COLUMNS + ", false as created),"
                + " claimed as (insert into contact_phones (org_id, phone, phone_as_given, contact_id)"
                + " select $1, $3, $4::text, $2::uuid where not exists (select from known) and " + condition
                + " and set_config('app.with_contact', 'on', true) is not null"
                + " on conflict (org_id, phone) do update set phone = excluded.phone returning contact_id),"
                + " added as (insert into contacts (org_id, id, phone, phone_as_given, " + columns + ")"
                + " select $1, claimed.contact_id, $3, $4, " + values + " from claimed"
                + " on conflict (org_id, id) do update set " + set
                + " returning " + ContactView.OWN_COLUMNS
                + ", case when several_phones then array[$3, null]::text[] end as phones, xmax = 0 as created)"
                + " select * from updated union all select * from added";
    }

    /** Runs a statement in some transaction; null without a row. */
    private interface Runner {
        Uni<Upserted> run(String statement, Tuple args);
    }

    private Runner inOwnTransaction(CallerContext caller) {
        return (statement, args) -> sql.first(caller, statement, args, ContactUpserts::upserted);
    }

    private static Runner in(Statements statements) {
        return (statement, args) -> statements.first(statement, args, ContactUpserts::upserted);
    }

    /** There is no row, too, if the contact is deleted, or loses the number, during the statement: then the next one decides. */
    private static Uni<Upserted> run(String upsert, Tuple args, Runner runner, int attempts) {
        return runner.run(upsert, args)
                .onItem()
                .ifNull()
                .switchTo(() -> attempts > 1
                        ? run(upsert, args, runner, attempts - 1)
                        : Uni.createFrom().failure(Problem.unavailable(1)));
    }

    private static Tuple keys(CallerContext caller, String given, String phone) {
        return Tuple.of(caller.orgId(), UuidV7.next(), phone, given);
    }

    private static Upserted upserted(Row row) {
        return new Upserted(ContactView.of(row), row.getBoolean("created"));
    }
}
