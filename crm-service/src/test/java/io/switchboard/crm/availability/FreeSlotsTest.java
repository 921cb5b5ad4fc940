package io.switchboard.crm.availability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.test.SqlSession;
import io.switchboard.kit.test.TestDatabase;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Free slots are those that an oracle finds which looks at each minute alone. */
class FreeSlotsTest {
    private static final int ORGANIZATIONS = Integer.getInteger("availability.organizations", 200);
    private static final int QUESTIONS = 10;
    private static final long SEED = Long.getLong("availability.seed", 17);

    @Test
    void they_are_those_of_an_oracle_that_tests_each_minute() throws SQLException {
        var random = new Random(SEED);
        var found = 0;
        try (var database = TestDatabase.migrated("crm");
                var superuser = database.sql("crm").withoutTriggers().open();
                var app = database.sql("crm").app().open()) {
            app.run("set plan_cache_mode = force_generic_plan");
            for (int i = 0; i < ORGANIZATIONS; i++) {
                var organization = new CalendarCase(random);
                insert(superuser, organization);
                app.run("set app.org_id = '" + organization.orgId + "'");
                for (int j = 0; j < QUESTIONS; j++) {
                    found += compare(app, organization, organization.question());
                }
            }
        }
        assertTrue(found > ORGANIZATIONS * QUESTIONS, "only " + found + " slots were found");
    }

    private static int compare(SqlSession app, CalendarCase organization, CalendarCase.Question question)
            throws SQLException {
        var expected = organization.expected(question);
        assertEquals(
                expected,
                actual(app, question),
                () -> organization.zone + " " + organization.day + ", " + organization.businessHours() + ", closed "
                        + organization.closures() + ", every " + organization.slotMinutes + " with "
                        + organization.bufferMinutes + " between, " + organization.bookable + ", "
                        + organization.appointments + ", " + question);
        return expected.size();
    }

    private static List<Instant> actual(SqlSession app, CalendarCase.Question question) throws SQLException {
        try (var statement = app.jdbc().prepareStatement("select \"start\" from free_slots(?, ?, ?, ?, null)")) {
            statement.setTimestamp(1, Timestamp.from(question.since()));
            statement.setTimestamp(2, Timestamp.from(question.until()));
            statement.setInt(3, question.minutes());
            statement.setObject(4, question.assignee(), java.sql.Types.OTHER);
            var starts = new ArrayList<Instant>();
            var rows = statement.executeQuery();
            while (rows.next()) {
                starts.add(rows.getTimestamp(1).toInstant());
            }
            return starts;
        }
    }

    private static void insert(SqlSession superuser, CalendarCase organization) {
        var org = organization.orgId;
        var people = Stream.concat(organization.bookable.stream(), Stream.of(organization.other))
                .distinct()
                .map(person -> "('%s', '%s', 'Jo', 'jo@example.com', 'agent', true, 1)".formatted(org, person))
                .toList();
        var contact = org; // any id
        superuser.run(
                "insert into organization_settings (org_id, id, time_zone, default_region, business_hours, closures, version)"
                        + " values ('%s', '%s', '%s', 'US', '%s', '%s', 1)"
                                .formatted(
                                        org,
                                        org,
                                        organization.zone,
                                        organization.businessHours(),
                                        organization.closures()),
                "insert into booking_rules (org_id, slot_minutes, buffer_minutes, assignees) values ('%s', %d, %d, '%s')"
                        .formatted(org, organization.slotMinutes, organization.bufferMinutes, named(organization)),
                "insert into members (org_id, id, name, email, role, is_active, version) values "
                        + String.join(", ", people)
                        + ", ('%s', '%s', 'Jo', 'jo@example.com', 'agent', false, 1)".formatted(org, organization.gone)
                        + ", ('%s', gen_random_uuid(), 'Jo', 'jo@example.com', 'user', true, 1)".formatted(org));
        organization.appointments.removeIf(appointment -> 0
                == superuser.run(
                        ("insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, ends_at,"
                                        + " blocked, assignee_id, status, deleted_at) values ('%s', '%s', 'x', '%s', %d, '%s',"
                                        + " tstzrange('%s', '%s'), %s, '%s', %s) on conflict do nothing")
                                .formatted(
                                        org,
                                        contact,
                                        appointment.starts(),
                                        appointment.minutes(),
                                        appointment.starts().plusSeconds(60L * appointment.minutes()),
                                        appointment.starts(),
                                        appointment.ends(),
                                        appointment.assignee() == null ? "null" : "'" + appointment.assignee() + "'",
                                        appointment.status(),
                                        appointment.isDeleted() ? "now()" : "null")));
    }

    private static String named(CalendarCase organization) {
        if (!organization.namesPeople) {
            return "{}";
        }
        var all = new ArrayList<>(organization.bookable);
        all.add(organization.gone);
        return all.toString().replace("[", "{").replace("]", "}").replace(" ", "");
    }
}
