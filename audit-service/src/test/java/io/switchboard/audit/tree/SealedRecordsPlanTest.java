package io.switchboard.audit.tree;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.audit.SealedLog;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the database reads for 50 records in the order of their sequence, of an organization among others. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SealedRecordsPlanTest {
    private static final UUID ORG = UUID.fromString("0199aaaa-0000-7000-8000-0000000000f1");
    private static final Pattern PAGES = Pattern.compile("(?:hit|read)=(\\d+)");
    private static final int MOST_PAGES = 60;

    @BeforeAll
    static void fill() {
        try (var database = Sql.superuser().open()) {
            database.begin();
            database.run(
                    "select pg_advisory_xact_lock_shared(recording_lock())",
                    "insert into audit_logs (org_id, id, occurred_at, actor_type, action, resource_type, service, new_data,"
                            + " outcome, no) select case when i % 2 = 0 then '" + ORG
                            + "' else md5('org ' || i % 50) end::uuid,"
                            + " uuid_v7(), now(), 'user', 'create', 'contacts', 'crm-service', jsonb_build_object('i', i),"
                            + " 'success', nextval('record_no') from generate_series(1, 40000) i");
            database.commit();
        }
        SealedLog.awaitSealed(ORG);
        Sql.superuser().run("vacuum analyze audit_logs", "vacuum analyze blocks");
    }

    @Test
    void a_part_of_a_block_is_read_by_index() {
        few(SealedRecords.SLICES, "'" + ORG + "', 12000, 12050", "blocks_pkey");
    }

    @Test
    void its_records_are_read_by_index() {
        var ids = Sql.superuser()
                .value("select ids[101:150] from blocks where org_id = '" + ORG
                        + "' and count > 1000 order by first limit 1");
        few(SealedRecords.RECORDS, "'" + ORG + "', '" + ids + "', 100", "_pkey");
    }

    private static void few(String sql, String values, String index) {
        try (var app = Sql.superuser().caller(ORG, "admin").open()) {
            app.run("prepare measured as " + sql);
            var plan = app.column(
                    "explain (analyze, buffers, costs off, timing off, summary off) execute measured(" + values + ")");
            var text = String.join("\n", plan);
            var pages = PAGES.matcher(plan.stream()
                    .filter(line -> line.contains("Buffers:"))
                    .findFirst()
                    .orElseThrow());
            int read = 0;
            while (pages.find()) {
                read += Integer.parseInt(pages.group(1));
            }
            assertTrue(text.contains(index), text);
            assertFalse(text.contains("Seq Scan on audit_logs_2"), text);
            assertTrue(read <= MOST_PAGES, read + " pages for\n" + text);
        }
    }
}
