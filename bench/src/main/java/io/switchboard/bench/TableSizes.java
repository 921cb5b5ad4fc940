package io.switchboard.bench;

/** What rows take on the disk, indexes included. */
final class TableSizes {
    private TableSizes() {}

    static Figure of(OwnSuite suite, String workload, String table) {
        long bytes = suite.number("select pg_total_relation_size('crm." + table + "')");
        long rows = suite.number("select count(*) from crm." + table);
        return Figure.shown(
                workload + " " + table + ", KB per 1,000 rows with indexes", (double) bytes / rows, "%,.0f KB");
    }
}
