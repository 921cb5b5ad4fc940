package io.switchboard.bench;

/**
 * The first tenant with so many more contacts that its last pages are far from the first.
 *
 * @param added beside those that every organization has
 */
record LargeOrganization(int added) {
    private static final int ITEMS_OF_A_PAGE = 50;

    /** Adds half as many as there are. */
    static LargeOrganization load(OwnSuite suite, Options options, Tenants.Tenant tenant) {
        int more = options.contacts() / 2;
        suite.run(
                """
                set session_replication_role = replica;
                insert into crm.contacts (org_id, name, phone, phone_as_given, email, service_interests, lead_score, lead_status,
                    last_contact_at, notes, updated_at)
                select '%s', 'Person ' || i, '+1666' || lpad(i::text, 7, '0'), '1666' || lpad(i::text, 7, '0'),
                    'person' || i || '@example.com', array['cleaning', 'check-up'], 'warm', 'converted', now(),
                    'Prefers to be called in the afternoon.', now() - interval '1 year' - make_interval(secs => i)
                from generate_series(1, %d) as i
                """.formatted(tenant.orgId(), more),
                "insert into crm.contact_phones (org_id, phone, phone_as_given, contact_id)"
                        + " select org_id, phone, phone_as_given, id from crm.contacts where phone like '+1666%'",
                "vacuum (analyze) crm.contacts",
                "vacuum (analyze) crm.contact_phones",
                "checkpoint");
        return new LargeOrganization(more);
    }

    /** The number of a page among its oldest contacts. */
    int deepPage() {
        return added / ITEMS_OF_A_PAGE;
    }
}
