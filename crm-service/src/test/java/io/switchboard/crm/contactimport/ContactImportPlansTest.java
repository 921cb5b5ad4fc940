package io.switchboard.crm.contactimport;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Plans;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactImportPlansTest {
    private static final UUID ORG = UUID.randomUUID();
    private static final UUID BROKEN = UUID.randomUUID();

    /** The 10,000th import, of five a page. */
    private static final Cursor PAGE_2000 = new Cursor("", new UUID(0x0000_0000_0000_7000L | 190_000L << 16, -1));

    /** One organization with 100,000 imports, 10 with 10,000 each, and 3,000 with three; their ids tell the order. */
    private static final String FILL = """
            insert into contact_imports (org_id, id, status, key, dry_run, separator, header, ignored_columns, work_id)
            select case when n > 200000 then md5('org ' || n %% 3000)::uuid when n %% 2 = 0 then '%s'::uuid
                    else md5((n %% 20)::text)::uuid end,
                (lpad(to_hex(n), 12, '0') || '70008000000000000000')::uuid, 'completed', 'phone', false, ',', '{name}', '{}',
                uuid_v7()
            from generate_series(1, 209000) n""";

    private static final String FILL_ERRORS = """
            insert into contact_import_errors (org_id, import_id, line, message, cells)
            select case when n <= 200000 then '%s'::uuid else md5('org ' || n %% 3000)::uuid end,
                case when n <= 60000 then '%s'::uuid when n <= 200000 then md5((n %% 100)::text)::uuid else md5(n::text)::uuid end,
                n, 'is no number', '{Ada,x}'
            from generate_series(1, 209000) n""";

    /** Finished work, so that a scan of all of it would not be the cheapest way. */
    private static final String FILL_WORK = """
            insert into work (org_id, kind, payload, state, finished_at)
            select md5((n % 20)::text)::uuid, 'finished long ago', '{}', 'dead', now() from generate_series(1, 20000) n""";

    @BeforeAll
    static void fill() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        FILL.formatted(ORG),
                        FILL_ERRORS.formatted(ORG, BROKEN),
                        FILL_WORK,
                        "analyze work",
                        "analyze contact_imports",
                        "analyze contact_import_errors");
    }

    /** Other tests may read whole tables. */
    @AfterAll
    static void empty() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "delete from contact_import_errors where message = 'is no number' and cells = '{Ada,x}'",
                        "delete from contact_imports where id < '00010000-0000-7000-8000-000000000000'",
                        "delete from work where kind = 'finished long ago'",
                        "vacuum analyze work",
                        "vacuum analyze contact_imports",
                        "vacuum analyze contact_import_errors");
    }

    @Test
    void a_page_reads_its_own_imports() {
        try (var app = Sql.app(ORG, UUID.randomUUID(), "agent").open()) {
            for (var after : Arrays.asList(null, PAGE_2000)) {
                Plans.readsOnlyThePage(app, ContactImports.query(ORG, Plans.page(after)));
            }
        }
    }

    @Test
    void refused_rows_are_read_from_where_a_page_begins() {
        try (var app = Sql.app(ORG, UUID.randomUUID(), "agent").open()) {
            Plans.noSequentialScan(app, ContactImports.ERRORS, Tuple.of(ORG, BROKEN, 50_000, 6));
            Plans.noSequentialScan(app, ContactImports.UNFINISHED, Tuple.of(ORG));
        }
    }
}
