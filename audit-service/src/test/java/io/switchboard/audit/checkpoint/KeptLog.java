package io.switchboard.audit.checkpoint;

import io.switchboard.kit.test.Sql;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** A copy of organizations' logs, to undo what a test does to them. */
final class KeptLog {
    private static final List<String> TABLES = List.of("audit_logs", "blocks", "trees");

    private KeptLog() {}

    static void keep(List<UUID> orgs) {
        var list = orgs.stream().map(org -> "'" + org + "'").collect(Collectors.joining(", "));
        Sql.superuser().run("create schema kept");
        TABLES.forEach(table -> Sql.superuser()
                .run("create table kept." + table + " as select * from " + table + " where org_id in (" + list + ")"));
    }

    static void forget() {
        Sql.superuser().run("drop schema if exists kept cascade");
    }

    static void restore(UUID org) {
        var own = " where org_id = '" + org + "'";
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "begin",
                        "lock table trees in exclusive mode", // the sealer waits
                        "delete from audit_logs" + own + " or id in (select id from kept.audit_logs" + own + ")",
                        "insert into audit_logs select * from kept.audit_logs" + own,
                        "delete from blocks" + own,
                        "insert into blocks select * from kept.blocks" + own,
                        "delete from trees" + own,
                        "insert into trees select * from kept.trees" + own,
                        "commit");
    }
}
