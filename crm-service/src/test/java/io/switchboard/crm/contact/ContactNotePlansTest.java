package io.switchboard.crm.contact;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Plans;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactNotePlansTest {
    private static final UUID ORG = UUID.randomUUID();
    private static final UUID CONTACT = UUID.randomUUID();

    /** The 10,000th note, of five a page. */
    private static final Cursor PAGE_2000 =
            Cursor.at(OffsetDateTime.parse("2026-01-01T00:00:00Z").minusSeconds(10_000), new UUID(-1, -1));

    /** One contact with 60,000 notes, 1,000 others of 10 organizations, and 3,000 organizations with three contacts of one note. */
    private static final String FILL = """
            insert into contact_notes (org_id, contact_id, content, created_at)
            select case when n > 200000 then md5('org ' || n %% 3000)::uuid
                    when n <= 60000 or n %% 10 = 0 then '%s'::uuid else md5((n %% 10)::text)::uuid end,
                case when n > 200000 then md5('contact ' || n)::uuid
                    when n <= 60000 then '%s'::uuid else md5('contact ' || n %% 1000)::uuid end,
                'Calls back.', timestamptz '2026-01-01 00:00Z' - n * interval '1 second'
            from generate_series(1, 209000) n""";

    @BeforeAll
    static void fill() {
        Sql.superuser().withoutTriggers().run(FILL.formatted(ORG, CONTACT), "analyze contact_notes");
    }

    /** Other tests may read whole tables. */
    @AfterAll
    static void empty() {
        Sql.superuser()
                .withoutTriggers()
                .run("delete from contact_notes where created_at < '2026-01-01'", "vacuum analyze contact_notes");
    }

    @Test
    void a_page_reads_its_own_notes() {
        try (var app = Sql.app(ORG, UUID.randomUUID(), "agent").open()) {
            for (var after : Arrays.asList(null, PAGE_2000)) {
                Plans.readsOnlyThePage(app, ContactNotes.query(ORG, CONTACT, Plans.page(after)));
            }
        }
    }
}
