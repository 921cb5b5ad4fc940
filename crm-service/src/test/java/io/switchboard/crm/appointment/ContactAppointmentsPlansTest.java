package io.switchboard.crm.appointment;

import io.switchboard.crm.Plans;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.TestDatabase;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ContactAppointmentsPlansTest {
    private static final UUID ACME = UUID.randomUUID();
    private static final UUID ADA = UUID.randomUUID();
    private static final Cursor PAGE_2000 = Cursor.at(OffsetDateTime.parse("2026-06-01T00:00:00Z"), new UUID(-1, -1));

    @Test
    void a_page_reads_its_own_appointments_of_a_contact() {
        try (var database = TestDatabase.migrated("crm");
                var superuser = database.sql("crm").withoutTriggers().open()) {
            superuser.run(
                    ("insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, ends_at, blocked)"
                                    + " select case when n <= 60000 then '%s'::uuid else md5('org ' || n %% 3000)::uuid end,"
                                    + " case when n > 60000 then md5('c' || n)::uuid when n %% 4 = 0 then '%s'::uuid"
                                    + " else md5('c' || n %% 100)::uuid end, 'x', at, 5,"
                                    + " at + interval '5 minutes', tstzrange(at, at + interval '5 minutes')"
                                    + " from generate_series(1, 69000) n,"
                                    + " lateral (select timestamptz '2026-12-01 00:00Z' - n * interval '10 minutes') t (at)")
                            .formatted(ACME, ADA),
                    "analyze appointments");
            try (var app = database.sql("crm").caller(ACME, "agent").open()) {
                for (var after : Arrays.asList(null, PAGE_2000)) {
                    Plans.readsOnlyThePage(app, ContactAppointments.query(ACME, ADA, Plans.page(after)));
                }
            }
        }
    }
}
