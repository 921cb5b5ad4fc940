package io.switchboard.bench;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The contacts in the database: spread evenly over 100 organizations, their ids made from numbers, so that this program and
 * pgbench can both name them without a list.
 */
final class ContactRows {
    /** Twelve hexadecimal digits follow, the contact's number. */
    static final String ID_PREFIX = "0198b5a0-0000-7000-8000-";

    private static final long FIRST = 0x100000000000L; // so that all numbers have twelve digits
    private static final int SAMPLE_PER_TENANT = 2_500;

    private final int contacts;
    private final int tenants;

    private ContactRows(int contacts, int tenants) {
        this.contacts = contacts;
        this.tenants = tenants;
    }

    /** Writes them past triggers and row level security, as a restored dump would be; the tenants are the first of all. */
    static ContactRows load(OwnSuite suite, int contacts, List<Tenants.Tenant> tenants) {
        suite.run(
                """
                set session_replication_role = replica;
                insert into crm.contacts (org_id, id, name, phone, phone_as_given, email, service_interests,
                    lead_score, lead_status, last_contact_at, notes, created_at, updated_at)
                select ('{%s}'::uuid[])[i %% %d + 1], ('%s' || to_hex(%d + i))::uuid, 'Contact ' || i,
                    '+1555' || lpad(i::text, 7, '0'), '1555' || lpad(i::text, 7, '0'), 'contact' || i || '@example.com',
                    array['cleaning', 'check-up'], (array['hot', 'warm', 'cold']::crm.lead_score_type[])[i %% 3 + 1],
                    (array['new', 'contacted', 'qualified', 'booked']::crm.lead_status_type[])[i %% 4 + 1],
                    now() - make_interval(secs => i), 'Prefers to be called in the afternoon.',
                    now() - interval '90 days', now() - make_interval(secs => i)
                from generate_series(0, %d) as i
                """.formatted(organizations(tenants), Options.ORGANIZATIONS, ID_PREFIX, FIRST, contacts - 1),
                "set session_replication_role = replica; insert into crm.contact_phones (org_id, contact_id, phone, phone_as_given)"
                        + " select org_id, id, phone, phone_as_given from crm.contacts",
                "vacuum (analyze) crm.contacts",
                "vacuum (analyze) crm.contact_phones",
                "checkpoint");
        return new ContactRows(contacts, tenants.size());
    }

    /** Those that were written before. */
    static ContactRows of(Options options, List<Tenants.Tenant> tenants) {
        return new ContactRows(options.contacts(), tenants.size());
    }

    /** The ids of all organizations, as PostgreSQL writes an array's elements; the tenants are the first ones. */
    static String organizations(List<Tenants.Tenant> tenants) {
        return Stream.concat(
                        tenants.stream().map(Tenants.Tenant::orgId),
                        Stream.generate(UUID::randomUUID).limit(Options.ORGANIZATIONS - tenants.size()))
                .map(UUID::toString)
                .collect(Collectors.joining(","));
    }

    /** The columns of a contact as it is shown. */
    static String columns() {
        return ownColumns() + ", case when several_phones then phones_of_contact(org_id, id) end as phones";
    }

    /** Those of the table alone. */
    static String ownColumns() {
        return Script.of("contact-columns.sql", Map.of()).strip();
    }

    /** How many of each tenant's are read. */
    int samplePerTenant() {
        return Math.min(SAMPLE_PER_TENANT, perOrganization());
    }

    int sample() {
        return samplePerTenant() * tenants;
    }

    /** The last digits of an id: of the tenant's contacts that are read, the n-th. */
    long number(int tenant, int n) {
        return FIRST + tenant + (long) n * step();
    }

    /** The same in pgbench's words, n at random. */
    String pgbenchNumber(int tenant) {
        return "%d + %d * random(0, %d)".formatted(FIRST + tenant, step(), samplePerTenant() - 1);
    }

    /** The name of that contact. */
    String name(int tenant, int n) {
        return "Contact " + (number(tenant, n) - FIRST);
    }

    /** The phone of that contact. */
    String phone(int tenant, int n) {
        return "+1555%07d".formatted(number(tenant, n) - FIRST);
    }

    /** What the name and the phone end with, in pgbench's words, n at random. */
    String pgbenchSuffix(int tenant) {
        return "%d + %d * random(0, %d)".formatted(tenant, step(), samplePerTenant() - 1);
    }

    private int perOrganization() {
        return contacts / Options.ORGANIZATIONS;
    }

    private int step() {
        return perOrganization() / samplePerTenant() * Options.ORGANIZATIONS;
    }
}
