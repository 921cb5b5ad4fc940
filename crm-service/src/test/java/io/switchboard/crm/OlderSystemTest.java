package io.switchboard.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What an older system's people checked after a deployment, in their SQL and as the service's own role: what they know how to
 * ask has the same answers here.
 */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class OlderSystemTest {
    private static final String TABLES = "('contacts', 'appointments', 'notifications')";
    private static final UUID ORG = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();

    private final Sql app = Sql.app(ORG, USER, "agent");

    @Test
    void the_tables_exist() {
        assertEquals(
                3,
                app.number(
                        "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'crm' AND table_name IN "
                                + TABLES));
    }

    @Test
    void the_enum_types_exist_with_their_words() {
        var types = app.column(
                "SELECT typname FROM pg_type WHERE typname IN ('lead_score_type', 'lead_status_type', 'appointment_status',"
                        + " 'notification_type', 'notification_status', 'notification_priority')");
        assertEquals(6, types.size());
        var words = "SELECT string_agg(v::text, ' ') FROM unnest(enum_range(null::%s)) v";
        assertEquals("hot warm cold", app.value(words.formatted("lead_score_type")));
        assertEquals("new contacted qualified booked converted lost", app.value(words.formatted("lead_status_type")));
        assertEquals(
                "pending confirmed in_progress completed cancelled no_show",
                app.value(words.formatted("appointment_status")));
        assertEquals("unread read archived", app.value(words.formatted("notification_status")));
        assertEquals("low normal high urgent", app.value(words.formatted("notification_priority")));
        assertTrue(app.value(words.formatted("notification_type"))
                .startsWith(
                        "hot_lead appointment_booked appointment_reminder missed_call ticket_assigned system_alert"));
    }

    /** They counted twelve on the three tables: one a command. */
    @Test
    void every_table_has_its_policies() {
        assertTrue(app.number("SELECT COUNT(*) FROM pg_policies WHERE tablename IN " + TABLES) >= 12);
        assertEquals(
                List.of("DELETE", "INSERT", "SELECT", "UPDATE"),
                app.column(
                        "SELECT cmd FROM pg_policies WHERE tablename = 'contacts' AND 'crm_app' = ANY (roles) ORDER BY cmd"));
    }

    /** They counted fourteen on the three tables. */
    @Test
    void every_table_has_its_indexes() {
        assertTrue(app.number("SELECT COUNT(*) FROM pg_indexes WHERE tablename IN " + TABLES) >= 14);
        assertTrue(app.number("SELECT COUNT(*) FROM pg_indexes WHERE tablename = 'contacts'") >= 5);
        assertTrue(app.number("SELECT COUNT(*) FROM pg_indexes WHERE tablename = 'appointments'") >= 4);
        assertTrue(app.number("SELECT COUNT(*) FROM pg_indexes WHERE tablename = 'notifications'") >= 5);
    }

    @Test
    void org_id_is_immutable() {
        var id = added("('%s', 'Ada', '+12125550101')");
        var refused = assertThrows(
                SqlRefusal.class,
                () -> app.run("UPDATE contacts SET org_id = '%s' WHERE id = '%s'".formatted(UUID.randomUUID(), id)));
        assertTrue(refused.getMessage().contains("org_id is immutable"), refused.getMessage());
        assertEquals(ORG.toString(), app.value("SELECT org_id FROM contacts WHERE id = '" + id + "'"));
    }

    @Test
    void updated_at_shows_the_time_of_the_change() {
        var id = added("('%s', 'Grace', NULL)");
        var updated = "SELECT updated_at > created_at FROM contacts WHERE id = '" + id + "'";
        try (var session = app.open()) {
            assertEquals(
                    1, session.number("SELECT COUNT(*) FROM contacts WHERE id = '" + id + "' AND updated_at <= NOW()"));
        }
        assertEquals("f", app.value(updated));
        app.run("UPDATE contacts SET name = 'Grace Hopper' WHERE id = '" + id + "'");
        assertEquals("t", app.value(updated));
    }

    @Test
    void no_row_of_another_organization_is_seen() {
        added("('%s', 'Ada', NULL)");
        var other = UUID.randomUUID();
        Sql.app(other, USER, "agent")
                .run("INSERT INTO contacts (org_id, name, phone) VALUES ('" + other + "', 'Eve', '+12125550102')");
        for (var table : List.of("contacts", "appointments", "notifications")) {
            assertEquals(0, app.number("SELECT COUNT(*) FROM " + table + " WHERE org_id != current_org_id()"));
        }
        assertTrue(app.number("SELECT COUNT(*) FROM contacts WHERE org_id = current_org_id()") > 0);
    }

    @Test
    void a_lead_s_number_is_taken_once_in_an_organization() {
        added("('%s', 'Ada', '+12125550103')");
        assertThrows(SqlRefusal.class, () -> added("('%s', 'Eve', '+12125550103')"));
    }

    @Test
    void notifications_are_made_by_a_function_that_answers_ids() {
        Colleagues.joined("agent", ORG);
        var made =
                "SELECT create_notification(NULL, ARRAY['agent'], 'system_alert', 'Hello', 'All is well', NULL, NULL, 'low', NULL)";
        assertTrue(app.value(made).startsWith("{"), "answers ids");
        var refused = assertThrows(
                SqlRefusal.class,
                () -> app.run("INSERT INTO notifications (org_id, user_id, type, title, message)"
                        + " VALUES ('%s', '%s', 'system_alert', 'Hello', 'x')".formatted(ORG, USER)));
        assertTrue(refused.getMessage().contains("permission denied"), refused.getMessage());
    }

    private String added(String values) {
        return app.value(
                "INSERT INTO contacts (org_id, name, phone) VALUES %s RETURNING id".formatted(values.formatted(ORG)));
    }
}
