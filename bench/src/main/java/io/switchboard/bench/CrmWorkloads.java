package io.switchboard.bench;

/** The workloads of crm-service beside W2. */
final class CrmWorkloads {
    private final OwnSuite suite;
    private final Options options;
    private final Tenants tenants;
    private final Pgbench pgbench;
    private final Comparison comparison;

    CrmWorkloads(OwnSuite suite, Options options, Tenants tenants, Pgbench pgbench) {
        this.suite = suite;
        this.options = options;
        this.tenants = tenants;
        this.pgbench = pgbench;
        this.comparison = new Comparison(suite, options, pgbench);
    }

    /** W5: what is read. */
    void read(ContactRows rows, Results results) {
        var lists = new ContactLists(comparison, tenants, rows);
        Say.line("Writing notifications");
        NotificationRows.load(suite, tenants.now());
        results.figures().add(TableSizes.of(suite, "W5", "contacts"));
        results.figures().add(TableSizes.of(suite, "W5", "contact_phones"));
        results.figures().add(TableSizes.of(suite, "W5", "notifications"));
        results.paths().add(lists.byFilter());
        results.paths().add(lists.bySearch());
        results.paths().add(UnreadCount.measure(comparison, tenants));
        results.figures().add(RowSecurityCost.measure(suite, options, pgbench, lists.filtered()));
        Say.line("Writing " + options.contacts() / 2 + " more contacts of one organization");
        results.figures()
                .add(lists.deepPage(
                        LargeOrganization.load(suite, options, tenants.now().get(0))));
    }

    /** W8: appointments. */
    void appointments(ContactRows rows, Results results) {
        Say.line("Writing appointments");
        AppointmentRows.load(suite);
        results.figures().add(TableSizes.of(suite, "W8", "appointments"));
        results.paths().add(AppointmentsOfDay.measure(comparison, tenants));
        ToolBookings.measure(suite, options, tenants, rows, results);
    }

    /** W9: tickets and the metrics of them. */
    void tickets(Results results) {
        Tenants agents = tenants.joined("agent");
        Say.line("Writing " + options.tickets() + " tickets");
        TicketRows.load(suite, options.tickets(), agents.now());
        results.figures().add(TableSizes.of(suite, "W9", "tickets"));
        results.figures().add(TableSizes.of(suite, "W9", "messages"));
        results.paths().add(TicketLists.measure(comparison, agents));
        AnalyticsRefresh.measure(suite, options, results);
    }

    /** W10: the knowledge base. */
    void knowledge(Results results) {
        new ArticleSearches(comparison, tenants).measure(results);
    }

    /** W6: what is written. */
    void write(ContactRows rows, Results results) {
        results.paths().add(ContactUpserts.measure(comparison, tenants, rows));
        new ContactImports(suite, options, tenants, pgbench.with(1)).measure(results);
    }
}
