package io.switchboard.bench;

import java.util.List;

/** What is answered while a person on the phone waits: W12 and W13, of voice agents that are made for both. */
final class LiveAnswers {
    private LiveAnswers() {}

    static void measure(OwnSuite suite, Options options, Tenants tenants, Pgbench pgbench, Results results) {
        List<FrontDesk> desks = FrontDesk.open(suite, tenants.now());
        ContactRows rows = ContactRows.of(options, tenants.now());
        if (options.only().contains("w12")) {
            new WhoAnswers(suite, options, tenants, desks, rows).measure(pgbench, results);
        }
        if (options.only().contains("w13")) {
            new ToolCallBookings(suite, options, tenants, desks, rows).measure(pgbench, results);
        }
    }
}
