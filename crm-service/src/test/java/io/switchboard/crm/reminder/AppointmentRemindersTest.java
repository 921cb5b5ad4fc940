package io.switchboard.crm.reminder;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.BookedBySql;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service's own rounds run every second; time passes by moving the reminders, and what they remind of, into the past. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AppointmentRemindersTest {
    final UUID acme = UUID.randomUUID();
    final BookedBySql booked = new BookedBySql(acme);
    Caller ada;
    Caller eve;
    UUID contact;

    @BeforeEach
    void join() {
        ada = Colleagues.joined("admin", acme);
        eve = Colleagues.joined("agent", acme);
        contact = booked.contact(null);
    }

    @Test
    void the_assignee_is_reminded_a_day_and_an_hour_before_once_each() {
        var visit = booked.appointment(contact, "25 hours", eve.id());
        assertEquals(List.of("60", "1440"), planned(visit));
        pass(visit, "90 minutes");
        reminded(eve, visit, 1);
        assertEquals(List.of("60"), planned(visit));
        pass(visit, "23 hours");
        reminded(eve, visit, 2);
        reminded(ada, visit, 0);
        assertEquals(List.of(), planned(visit));
        assertEquals(
                "Ada Lovelace, Cleaning",
                Sql.superuser()
                        .value("select distinct split_part(message, ',', 1) || ',' || split_part(message, ',', 2)"
                                + " from notifications where type = 'appointment_reminder' and related_id = '" + visit
                                + "'"));
    }

    @Test
    void without_an_assignee_who_is_there_the_admins_are_reminded() {
        var free = booked.appointment(contact, "61 minutes", null);
        var left = booked.appointment(contact, "61 minutes", eve.id());
        Sql.superuser().run("update members set is_active = false where id = '" + eve.id() + "'");
        pass(free, "5 minutes");
        pass(left, "5 minutes");
        reminded(ada, free, 1);
        reminded(ada, left, 1);
        reminded(eve, left, 0);
    }

    @Test
    void what_is_booked_later_than_a_reminder_gets_none_for_it() {
        assertEquals(List.of(), planned(booked.appointment(contact, "30 minutes", null)));
        assertEquals(List.of("60"), planned(booked.appointment(contact, "2 hours", null)));
        assertEquals(List.of(), planned(booked.appointment(contact, "-2 hours", null)));
    }

    @Test
    void a_move_brings_the_reminders_again() {
        var visit = booked.appointment(contact, "61 minutes", eve.id());
        pass(visit, "5 minutes");
        reminded(eve, visit, 1);
        booked.set(visit, "notes = 'x'");
        assertEquals(List.of(), planned(visit));
        booked.set(visit, "scheduled_at = now() + interval '26 hours'");
        assertEquals(List.of("60", "1440"), planned(visit));
        booked.set(visit, "scheduled_at = now() + interval '61 minutes'");
        assertEquals(List.of("60"), planned(visit));
        pass(visit, "5 minutes");
        reminded(eve, visit, 2);
    }

    @Test
    void after_an_outage_only_what_still_makes_sense_is_sent() {
        var begun = booked.appointment(contact, "25 hours", eve.id());
        var soon = booked.appointment(contact, "26 hours", eve.id());
        var cancelled = booked.appointment(contact, "27 hours", eve.id());
        var deleted = booked.appointment(contact, "28 hours", eve.id());
        booked.set(cancelled, "status = 'cancelled'");
        booked.set(deleted, "deleted_at = now()");
        // Each in a transaction: no round sees a part of it.
        Sql.superuser()
                .withoutTriggers()
                .run(shift(begun, "26 hours") + ";" + shift(soon, "25 hours 30 minutes") + ";"
                        + shift(cancelled, "26 hours 30 minutes") + ";" + shift(deleted, "27 hours 30 minutes"));
        reminded(eve, soon, 1); // the nearest of two
        for (var other : List.of(begun, cancelled, deleted)) {
            await().until(() -> planned(other).isEmpty());
            reminded(eve, other, 0);
        }
        assertEquals(List.of(), planned(soon));
    }

    @Test
    void changed_rules_plan_the_reminders_anew() {
        var visit = booked.appointment(contact, "25 hours", eve.id());
        booked.run("insert into booking_rules (org_id, reminder_minutes) values ('%s', '{120,1440,20160}')"
                .formatted(acme));
        assertEquals(List.of("120", "1440"), planned(visit));
        booked.run("update booking_rules set reminder_minutes = '{}'");
        assertEquals(List.of(), planned(visit));
        booked.run("update booking_rules set reminder_minutes = '{30,30}'");
        assertEquals(List.of("30"), planned(visit));
        assertEquals(List.of("30"), planned(booked.appointment(contact, "40 hours", eve.id())));
    }

    @Test
    void parallel_rounds_of_many_tenants_send_each_reminder_once() {
        var visits = new ArrayList<UUID>();
        visits.addAll(crowd(120));
        visits.addAll(crowd(250));
        visits.addAll(crowd(3));
        var all = "('" + String.join("','", visits.stream().map(UUID::toString).toList()) + "')";
        Sql.superuser()
                .withoutTriggers()
                .run("update appointment_reminders set due_at = now() - interval '1 second'"
                        + " where appointment_id in " + all);
        var rounds = IntStream.range(0, 4)
                .mapToObj(round -> CompletableFuture.runAsync(() -> {
                    try (var app = Sql.superuser().app().open()) {
                        for (int step = 0; step < 10; step++) {
                            app.column("select crm.remind_of_appointments()");
                        }
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(rounds).join();
        var sent = "select count(*) from notifications where type = 'appointment_reminder' and related_id in " + all;
        await().atMost(Duration.ofSeconds(20)).until(() -> Sql.superuser().number(sent) >= visits.size());
        assertEquals(visits.size(), Sql.superuser().number(sent));
        assertEquals(
                visits.size(),
                Sql.superuser().number(sent.replace("count(*)", "count(distinct (org_id, related_id))")));
    }

    @Test
    void a_step_goes_round_the_tenants() {
        var large = crowd(300);
        var small = crowd(2);
        try (var superuser = Sql.superuser().open()) {
            superuser.begin(); // the service's rounds see nothing of it
            superuser.run(
                    "update appointment_reminders set due_at = now() - interval '1 minute' where appointment_id in ('"
                            + String.join(
                                    "','", large.stream().map(UUID::toString).toList()) + "')");
            superuser.run(
                    "update appointment_reminders set due_at = now() - interval '1 second' where appointment_id in ('"
                            + String.join(
                                    "','", small.stream().map(UUID::toString).toList()) + "')");
            var handled = superuser.number("select remind_of_appointments()");
            assertTrue(handled <= 200, "handled " + handled);
            assertEquals(
                    2,
                    superuser.number("select count(*) from notifications where type = 'appointment_reminder'"
                            + " and related_id in ('" + small.get(0) + "', '" + small.get(1) + "')"));
            assertEquals("", superuser.value("select current_setting('app.org_id', true)"));
            superuser.rollback();
        }
    }

    @Test
    void a_step_reads_what_is_due_by_an_index() {
        try (var superuser = Sql.superuser().withoutTriggers().open()) {
            superuser.begin();
            superuser.run("insert into appointment_reminders (org_id, appointment_id, minutes, scheduled_at, due_at)"
                    + " select uuid_v7(), uuid_v7(), 60, now() + n * interval '1 hour', now() + (n - 3) * interval '1 hour'"
                    + " from generate_series(1, 20000) n");
            superuser.run("load 'auto_explain'", "set auto_explain.log_min_duration = 0");
            superuser.run("set auto_explain.log_nested_statements = on", "set client_min_messages = log");
            var plan = superuser.messages("select remind_of_appointments()");
            assertTrue(
                    plan.contains("Scan on appointment_reminders_due")
                            || plan.contains("using appointment_reminders_due"),
                    plan);
            assertFalse(plan.contains("Seq Scan on appointment_reminders"), plan);
            superuser.rollback();
        }
    }

    /** Appointments in two hours, without assignee, of a new organization with one admin. */
    private static List<UUID> crowd(int count) {
        var org = UUID.randomUUID();
        Colleagues.joined("admin", org);
        var here = new BookedBySql(org);
        var someone = here.contact(null);
        here.run("insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes)"
                + " select '%s', '%s', 'Cleaning', now() + interval '2 hours', 30 from generate_series(1, %d)"
                        .formatted(org, someone, count));
        return Sql.superuser().column("select id from appointments where org_id = '" + org + "'").stream()
                .map(UUID::fromString)
                .toList();
    }

    /** Time passes for an appointment and its reminders. */
    private static void pass(UUID visit, String time) {
        Sql.superuser().withoutTriggers().run(shift(visit, time));
    }

    private static String shift(UUID visit, String time) {
        return """
                begin;
                update appointment_reminders set scheduled_at = scheduled_at - interval '%1$s', due_at = due_at - interval '%1$s'
                where appointment_id = '%2$s';
                update appointments set scheduled_at = scheduled_at - interval '%1$s', ends_at = ends_at - interval '%1$s',
                    blocked = tstzrange(lower(blocked) - interval '%1$s', upper(blocked) - interval '%1$s') where id = '%2$s';
                commit""".formatted(time, visit);
    }

    private List<String> planned(UUID visit) {
        return Sql.superuser()
                .column("select minutes from appointment_reminders where appointment_id = '" + visit
                        + "' order by minutes");
    }

    /** Waits until so many have come; none is late, as they come in the order they are due. */
    private static void reminded(Caller user, UUID visit, int times) {
        var count =
                "select count(*) from notifications where type = 'appointment_reminder' and related_type = 'appointment'"
                        + " and user_id = '" + user.id() + "' and related_id = '" + visit + "'";
        await().until(() -> Sql.superuser().number(count) >= times);
        assertEquals(times, Sql.superuser().number(count));
    }
}
