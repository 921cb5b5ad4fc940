package io.switchboard.bench;

/** What rows take on the disk, indexes included. */
final class TableSizes {
    private TableSizes() {}

    static Figure of(OwnSuite suite, String workload, String table) {
        return of(suite, workload, "crm", table);
    }

    static Figure of(OwnSuite suite, String workload, String schema, String table) {
        long bytes = suite.number("select pg_total_relation_size('" + schema + "." + table + "')");
        long rows = suite.number("select count(*) from " + schema + "." + table);
        return Figure.shown(
                workload + " " + table + ", KB per 1,000 rows with indexes", (double) bytes / rows, "%,.0f KB");
    }
}
