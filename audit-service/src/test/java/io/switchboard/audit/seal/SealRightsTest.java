package io.switchboard.audit.seal;

import static io.switchboard.audit.SampleEvents.event;
import static io.switchboard.audit.SampleEvents.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.kit.test.SqlSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is recorded or sealed is never taken back. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SealRightsTest {
    private static final List<String> TABLES = List.of("trees", "blocks", "tiles", "erased_parts", "seal_cursor");

    final Caller acme = Caller.adminOfNewOrg();
    final Caller globex = Caller.adminOfNewOrg();

    @BeforeEach
    void seal() {
        post(event(acme.orgId()), event(globex.orgId()));
        new SealedOrganization(acme.orgId()).awaitSize(1);
    }

    @Test
    void the_service_itself_can_change_no_table_and_no_partition() {
        try (var app = Sql.superuser().app().open()) {
            for (var statement : forbidden()) {
                var refusal = assertThrows(SqlRefusal.class, () -> app.run(statement), statement);
                assertEquals("42501", refusal.state(), statement + ": " + refusal.getMessage());
            }
        }
    }

    @Test
    void nor_does_the_owner_change_rows() {
        try (var owner = Sql.superuser().owner().open()) {
            refused(owner, "update blocks set leaves = salts");
            refused(owner, "delete from blocks");
            refused(owner, "delete from trees");
            refused(owner, "update trees set size = size - 1");
            refused(owner, "update trees set org_id = gen_random_uuid()");
            refused(owner, "update trees set exported_size = -1");
            refused(owner, "delete from seal_cursor");
            refused(owner, "update seal_cursor set up_to_no = 0");
            TABLES.forEach(table -> refused(owner, "truncate " + table));
        }
    }

    @Test
    void an_organization_sees_its_own_tree_alone() {
        for (var table : List.of("trees", "blocks")) {
            var seen = Sql.superuser().caller(acme.orgId(), "admin").column("select distinct org_id from " + table);
            assertEquals(List.of(acme.orgId().toString()), seen, table);
            assertTrue(
                    Sql.superuser().app().column("select org_id from " + table).isEmpty(), table);
        }
    }

    private static List<String> forbidden() {
        var statements = new ArrayList<String>();
        var partitions = Sql.superuser()
                .column("select inhrelid::regclass::text from pg_inherits where inhparent = 'audit_logs'::regclass");
        assertTrue(partitions.size() >= 5, partitions.toString());
        for (var partition : partitions) {
            statements.add("alter table audit_logs detach partition " + partition);
        }
        var tables = new ArrayList<>(partitions);
        tables.addAll(TABLES);
        tables.add("audit_logs");
        for (var table : tables) {
            statements.add("update " + table + (table.equals("seal_cursor") ? " set id = 2" : " set org_id = org_id"));
            statements.add("delete from " + table);
            statements.add("truncate " + table);
            statements.add("drop table " + table);
            statements.add("alter table " + table + " disable trigger all");
        }
        for (var table : TABLES) {
            statements.add("insert into " + table + " select * from " + table);
        }
        statements.add("select nextval('record_no')");
        statements.add("select setval('record_no', 1)");
        statements.add("drop sequence record_no");
        return statements;
    }

    private static void refused(SqlSession owner, String statement) {
        var refusal = assertThrows(SqlRefusal.class, () -> owner.run(statement), statement);
        assertTrue(refusal.getMessage().contains("is append-only"), refusal.getMessage());
    }
}
