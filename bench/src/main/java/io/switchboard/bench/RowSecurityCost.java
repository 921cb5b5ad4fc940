package io.switchboard.bench;

/** What row level security costs a list, by pgbench: the same work with it and without it. */
final class RowSecurityCost {
    private RowSecurityCost() {}

    static Figure measure(OwnSuite suite, Options options, Pgbench pgbench, Pgbench.Work list) {
        Say.line("W5 the list with and without row level security by pgbench");
        double with = perSecond(suite, options, pgbench, list);
        suite.run("alter table crm.contacts disable row level security");
        try {
            double without = perSecond(suite, options, pgbench, list);
            return Figure.shown("W5 list with row level security ÷ without, requests/s", with / without, "%.2f");
        } finally {
            suite.run("alter table crm.contacts enable row level security");
        }
    }

    private static double perSecond(OwnSuite suite, Options options, Pgbench pgbench, Pgbench.Work list) {
        return pgbench.run(list, options.warmUp() / 4 + 1, options.seconds(), new CpuMeter(suite))
                .perSecond();
    }
}
