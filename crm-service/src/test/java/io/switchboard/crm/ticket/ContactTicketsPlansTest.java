package io.switchboard.crm.ticket;

import io.switchboard.crm.Plans;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.TestDatabase;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ContactTicketsPlansTest {
    private static final UUID ACME = UUID.randomUUID();
    private static final UUID ADA = UUID.randomUUID();
    private static final Cursor PAGE_100 = Cursor.at(OffsetDateTime.parse("2026-11-01T00:00:00Z"), new UUID(-1, -1));

    @Test
    void a_page_reads_its_own_tickets_of_a_contact() {
        try (var database = TestDatabase.migrated("crm");
                var superuser = database.sql("crm").withoutTriggers().open();
                var app = database.sql("crm").caller(ACME, "admin").open()) {
            superuser.run(
                    ("insert into tickets (org_id, number, title, contact_id, created_at)"
                                    + " select '%s', n, 'x', case when n %% 4 = 0 then '%s'::uuid else md5('c' || n %% 100)::uuid end,"
                                    + " timestamptz '2026-12-01 00:00Z' - n * interval '10 minutes' from generate_series(1, 20000) n")
                            .formatted(ACME, ADA),
                    "analyze tickets");
            for (var after : Arrays.asList(null, PAGE_100)) {
                Plans.readsOnlyThePage(app, ContactTickets.query(ACME, ADA, Plans.page(after)));
            }
        }
    }
}
