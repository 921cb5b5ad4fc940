package io.switchboard.bench;

import java.util.List;
import java.util.UUID;

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
        StringBuilder organizations = new StringBuilder();
        for (int i = 0; i < Options.ORGANIZATIONS; i++) {
            UUID id = i < tenants.size() ? tenants.get(i).orgId() : UUID.randomUUID();
            organizations.append(i == 0 ? "" : ",").append(id);
        }
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
                """.formatted(organizations, Options.ORGANIZATIONS, ID_PREFIX, FIRST, contacts - 1),
                "vacuum (analyze) crm.contacts",
                "checkpoint");
        return new ContactRows(contacts, tenants.size());
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

    private int perOrganization() {
        return contacts / Options.ORGANIZATIONS;
    }

    private int step() {
        return perOrganization() / samplePerTenant() * Options.ORGANIZATIONS;
    }
}
