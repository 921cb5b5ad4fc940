package io.switchboard.crm.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.test.SqlSession;
import io.switchboard.kit.test.TestDatabase;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What availability reads of many appointments. */
class AvailabilityPlansTest {
    private static final UUID ACME = UUID.randomUUID();
    private static final UUID JO = UUID.randomUUID();
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2024-06-12T12:00:00Z");

    @Test
    void free_times_are_found_by_index() {
        try (var database = TestDatabase.migrated("crm");
                var superuser = database.sql("crm").withoutTriggers().open()) {
            fill(superuser);
            byIndex(
                    superuser,
                    "select * from free_slots('%1$s', '%1$s'::timestamptz + interval '7 days', 30, null, null)");
            byIndex(superuser, "select * from free_people('%s', 30, null)");
            assertEquals(
                    "[\"2024-06-13 08:00:00+00\",\"2024-06-13 08:30:00+00\")",
                    database.sql("crm")
                            .caller(ACME, "agent")
                            .value("select tstzrange(\"start\", \"end\") from free_slots('" + NOON + "', '"
                                    + NOON.plusDays(7) + "', 30, null, null) limit 1"));
        }
    }

    /** Shows the plans of what the functions do, too. */
    private static void byIndex(SqlSession superuser, String sql) {
        superuser.run(
                "load 'auto_explain'",
                "set auto_explain.log_min_duration = 0",
                "set auto_explain.log_nested_statements = on",
                "set client_min_messages = log",
                "set app.org_id = '" + ACME + "'",
                "set role crm_app");
        var plans = superuser.messages(sql.formatted(NOON));
        superuser.run("reset role");
        assertFalse(plans.contains("Seq Scan on appointments"), plans);
        assertTrue(plans.contains("appointments_by_time"), plans);
    }

    /** Two years of appointments, each hour from 9 to 17 and some at night; 3,000 other organizations have three each. */
    private static void fill(SqlSession superuser) {
        superuser.run(
                "set time zone 'UTC'",
                "insert into organization_settings (org_id, id, time_zone, default_region, business_hours, version)"
                        + " select '%1$s', '%1$s', 'UTC', 'US', jsonb_object_agg(day, '[{\"from\": \"08:00\", \"to\": \"17:00\"}]'::jsonb), 1"
                                .formatted(ACME)
                        + " from unnest(array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']) day",
                "insert into members (org_id, id, name, email, role, is_active, version)"
                        + " values ('%s', '%s', 'Jo', 'jo@example.com', 'agent', true, 1)".formatted(ACME, JO),
                ("insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, ends_at, blocked,"
                                + " assignee_id) select '%s', gen_random_uuid(), 'x', hour, 60, hour + interval '1 hour',"
                                + " tstzrange(hour, hour + interval '1 hour'), '%s'"
                                + " from generate_series('2024-01-01'::timestamptz, '2025-12-31', interval '1 hour') hour"
                                + " where extract(hour from hour) <> 8")
                        .formatted(ACME, JO),
                "insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, ends_at, blocked,"
                        + " assignee_id) select md5('org ' || n % 3000)::uuid, gen_random_uuid(), 'x', hour, 60, hour + interval '1 hour',"
                        + " tstzrange(hour, hour + interval '1 hour'), md5('jo ' || n % 3000)::uuid"
                        + " from generate_series(1, 9000) n, lateral (select '2024-01-01'::timestamptz + n * interval '1 hour') t (hour)",
                "analyze appointments");
    }
}
