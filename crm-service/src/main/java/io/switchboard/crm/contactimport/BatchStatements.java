package io.switchboard.crm.contactimport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.switchboard.crm.contactimport.BatchPlan.KnownContacts;
import io.switchboard.crm.contactimport.BatchPlan.LeadStep;
import io.switchboard.crm.contactimport.ContactValues.OtherPhone;
import io.switchboard.kit.tenant.Statements;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads and writes the contacts of a batch of rows, each in one statement. */
@ApplicationScoped
class BatchStatements {
    private static final String BULK = "select set_config('app.bulk', 'on', true)"; // announces no hot leads

    private static final String STEPS = "select b::text as before, a::text as after"
            + " from unnest(enum_range(null::lead_status_type)) b, unnest(enum_range(null::lead_status_type)) a"
            + " where is_lead_step(b, a)";
    private static final String BY_PHONE = "select p.phone as key, p.contact_id as id, c.lead_status::text"
            + " from contact_phones p join contacts c on c.org_id = p.org_id and c.id = p.contact_id"
            + " where p.org_id = $1 and p.phone = any ($2)";
    private static final String BY_EMAIL = "select f.email as key, f.id, c.lead_status::text"
            + " from find_contacts_by_email($2) f join contacts c on c.org_id = $1 and c.id = f.id";

    private static final String PHONES = "select contact_id, count(*)::int from contact_phones"
            + " where org_id = $1 and contact_id = any ($2::text[]::uuid[]) group by contact_id";

    private static final String ROWS = " from jsonb_to_recordset($2::text::jsonb) as r (id uuid, name text, phone text,"
            + " phone_as_given text, email text, service_interests text[], lead_score lead_score_type,"
            + " lead_status lead_status_type, last_contact_at timestamptz, notes text, is_blocked boolean, metadata jsonb)";

    /** The numbers are there already: a new contact would not learn that it has several. */
    private static final String INSERT = "insert into contacts (org_id, id, name, phone, phone_as_given, email,"
            + " service_interests, lead_score, lead_status, last_contact_at, notes, is_blocked, metadata, several_phones)"
            + " select $1::uuid, r.id, r.name, r.phone, r.phone_as_given, r.email, coalesce(r.service_interests, '{}'),"
            + " r.lead_score, coalesce(r.lead_status, 'new'), r.last_contact_at, r.notes, coalesce(r.is_blocked, false),"
            + " coalesce(r.metadata, '{}'), exists (select from contact_phones p where p.org_id = $1 and p.contact_id = r.id"
            + " and (p.phone <> r.phone or p.label is not null))" + ROWS;

    /** Rows that bring nothing new write nothing. */
    private static final String UPDATE = "update contacts c set name = r.name, phone = r.phone,"
            + " phone_as_given = r.phone_as_given, email = r.email, service_interests = r.service_interests,"
            + " lead_score = r.lead_score, lead_status = r.lead_status, last_contact_at = r.last_contact_at,"
            + " notes = r.notes, is_blocked = r.is_blocked, metadata = r.metadata"
            + " from (select c.id, coalesce(r.name, c.name) as name, coalesce(r.phone, c.phone) as phone,"
            + " case when r.phone is null or r.phone = c.phone then c.phone_as_given else r.phone_as_given end as phone_as_given,"
            + " coalesce(r.email, c.email) as email, coalesce(r.service_interests, c.service_interests) as service_interests,"
            + " coalesce(r.lead_score, c.lead_score) as lead_score, coalesce(r.lead_status, c.lead_status) as lead_status,"
            + " coalesce(r.last_contact_at, c.last_contact_at) as last_contact_at, coalesce(r.notes, c.notes) as notes,"
            + " coalesce(r.is_blocked, c.is_blocked) as is_blocked, c.metadata || coalesce(r.metadata, '{}') as metadata"
            + ROWS + " join contacts c on c.org_id = $1 and c.id = r.id) r"
            + " where c.org_id = $1 and c.id = r.id and (c.name, c.phone, c.email, c.service_interests, c.lead_score,"
            + " c.lead_status, c.last_contact_at, c.notes, c.is_blocked, c.metadata) is distinct from (r.name, r.phone,"
            + " r.email, r.service_interests, r.lead_score, r.lead_status, r.last_contact_at, r.notes, r.is_blocked,"
            + " r.metadata)";

    private static final String ADD_PHONES =
            "insert into contact_phones (org_id, phone, phone_as_given, label, contact_id)"
                    + " select $1::uuid, r.phone, r.given, r.label, r.id"
                    + " from jsonb_to_recordset($2::text::jsonb) as r (id uuid, phone text, given text, label text)"
                    + " order by r.phone on conflict (org_id, phone) do update set label = excluded.label"
                    + " where contact_phones.contact_id = excluded.contact_id and excluded.label is not null"
                    + " and contact_phones.label is distinct from excluded.label";

    private static final String PREVIEWS = "select key, contact_id as id, lead_status from contact_import_previews"
            + " where org_id = $1 and import_id = $3 and key = any ($2)";
    private static final String SAVE_PREVIEWS =
            "insert into contact_import_previews (org_id, import_id, key, contact_id, lead_status)"
                    + " select $1::uuid, $3::uuid, r.key, r.id, r.status"
                    + " from jsonb_to_recordset($2::text::jsonb) as r (key text, id uuid, status text)"
                    + " on conflict (org_id, import_id, key) do update set lead_status = excluded.lead_status";

    private final ObjectMapper json;

    BatchStatements(ObjectMapper json) {
        this.json = json;
    }

    Uni<Set<LeadStep>> steps(Statements statements) {
        return statements
                .list(STEPS, Tuple.tuple(), row -> new LeadStep(row.getString("before"), row.getString("after")))
                .map(Set::copyOf);
    }

    /** Also makes the transaction one of a bulk. */
    Uni<KnownContacts> find(Statements statements, UUID orgId, ImportJob job, List<ImportRow> rows) {
        var known = KnownContacts.none();
        var phones = keys(rows, BatchStatements::phones);
        var emails = job.key() == ImportKey.EMAIL
                ? keys(rows, values -> Stream.of(BatchPlan.emailKey(values.email())))
                : new String[0];
        Uni<?> found = statements
                .run(BULK, Tuple.tuple())
                .chain(() -> statements.run(BY_PHONE, args(orgId, phones)))
                .invoke(some -> some.forEach(row -> putPhone(known, row)))
                .chain(() -> emails.length == 0
                        ? Uni.createFrom().voidItem()
                        : statements
                                .run(BY_EMAIL, args(orgId, emails))
                                .invoke(some -> some.forEach(row -> putEmail(known, row))));
        if (rows.stream().anyMatch(BatchStatements::addsPhones)) {
            found = found.chain(() -> statements.run(PHONES, args(orgId, ids(known))))
                    .invoke(some -> some.forEach(row -> known.phones().put(row.getUUID(0), row.getInteger(1))));
        }
        return (job.dryRun() ? found.chain(() -> preview(statements, orgId, job, known, phones, emails)) : found)
                .replaceWith(known);
    }

    /** A dry run finds what its earlier rows would have written. */
    private static Uni<?> preview(
            Statements statements, UUID orgId, ImportJob job, KnownContacts known, String[] phones, String[] emails) {
        return statements
                .run(PREVIEWS, args(orgId, phones).addUUID(job.id()))
                .invoke(some -> some.forEach(row -> putPhone(known, row)))
                .chain(() -> statements.run(PREVIEWS, args(orgId, emails).addUUID(job.id())))
                .invoke(some -> some.forEach(row -> putEmail(known, row)))
                .chain(() -> statements.run(PREVIEWS, args(orgId, ids(known)).addUUID(job.id())))
                .invoke(some ->
                        some.forEach(row -> known.leadStatuses().put(row.getUUID("id"), row.getString("lead_status"))));
    }

    Uni<?> write(Statements statements, UUID orgId, BatchPlan plan) {
        var phones = phones(plan);
        var written = phones.isEmpty() ? nothing() : statements.run(ADD_PHONES, args(orgId, phones));
        if (!plan.inserts().isEmpty()) {
            written = written.chain(() -> statements.run(INSERT, args(orgId, rows(plan.inserts()))));
        }
        for (var round : plan.updates()) {
            written = written.chain(() -> statements.run(UPDATE, args(orgId, rows(round))));
        }
        return written;
    }

    /** In place of {@link #write}. */
    Uni<?> writePreview(Statements statements, UUID orgId, ImportJob job, BatchPlan plan) {
        var rows = new ArrayList<Map<String, ?>>();
        plan.newKeys().forEach((key, id) -> rows.add(Map.of("key", key, "id", id)));
        plan.newStatuses().forEach((id, status) -> rows.add(Map.of("key", id.toString(), "id", id, "status", status)));
        return rows.isEmpty()
                ? nothing()
                : statements.run(SAVE_PREVIEWS, args(orgId, rows).addUUID(job.id()));
    }

    private static boolean addsPhones(ImportRow row) {
        return row.values() != null && !row.values().otherPhones().isEmpty();
    }

    private static Uni<?> nothing() {
        return Uni.createFrom().voidItem();
    }

    private static Stream<String> phones(ContactValues values) {
        return Stream.concat(
                Stream.ofNullable(values.phone()), values.otherPhones().stream().map(OtherPhone::phone));
    }

    /** Main numbers of known contacts are left to the database: a new one takes the place of the old one. */
    private static Collection<Map<String, Object>> phones(BatchPlan plan) {
        var rows = new HashMap<String, Map<String, Object>>();
        plan.inserts().forEach((id, values) -> {
            if (values.phone() != null) {
                putRow(rows, id, new OtherPhone(values.phone(), values.phoneAsGiven(), null));
            }
            values.otherPhones().forEach(other -> putRow(rows, id, other));
        });
        plan.updates()
                .forEach(round ->
                        round.forEach((id, values) -> values.otherPhones().forEach(other -> putRow(rows, id, other))));
        return rows.values();
    }

    /** One row a number, since a statement can't write a row twice. */
    private static void putRow(Map<String, Map<String, Object>> rows, UUID id, OtherPhone phone) {
        var row = rows.computeIfAbsent(phone.phone(), key -> new HashMap<>());
        row.put("id", id);
        row.put("phone", phone.phone());
        row.put("given", phone.given());
        if (phone.label() != null) {
            row.put("label", phone.label());
        }
    }

    private static List<Map<String, Object>> rows(Map<UUID, ContactValues> contacts) {
        return contacts.entrySet().stream()
                .map(contact -> contact.getValue().row(contact.getKey()))
                .toList();
    }

    private static String[] keys(List<ImportRow> rows, Function<ContactValues, Stream<String>> keysOf) {
        return rows.stream()
                .filter(row -> row.values() != null)
                .flatMap(row -> keysOf.apply(row.values()))
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .toArray(String[]::new);
    }

    private static String[] ids(KnownContacts known) {
        return Stream.concat(
                        known.byPhone().values().stream(),
                        known.byEmail().values().stream().flatMap(List::stream))
                .map(UUID::toString)
                .distinct()
                .toArray(String[]::new);
    }

    private static void putPhone(KnownContacts known, Row row) {
        known.byPhone().put(row.getString("key"), row.getUUID("id"));
        putStatus(known, row);
    }

    private static void putEmail(KnownContacts known, Row row) {
        var ids = known.byEmail().computeIfAbsent(row.getString("key"), key -> new ArrayList<>());
        if (!ids.contains(row.getUUID("id"))) {
            ids.add(row.getUUID("id"));
        }
        putStatus(known, row);
    }

    private static void putStatus(KnownContacts known, Row row) {
        if (row.getString("lead_status") != null) {
            known.leadStatuses().put(row.getUUID("id"), row.getString("lead_status"));
        }
    }

    private static Tuple args(UUID orgId, String[] keys) {
        return Tuple.tuple().addUUID(orgId).addArrayOfString(keys);
    }

    private Tuple args(UUID orgId, Collection<?> rows) {
        try {
            return Tuple.of(orgId, json.writeValueAsString(rows));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
