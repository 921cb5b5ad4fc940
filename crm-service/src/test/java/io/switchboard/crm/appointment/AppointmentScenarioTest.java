package io.switchboard.crm.appointment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Scenario;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.kit.test.SqlSession;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Random bookings and changes, by API and by SQL, against a small model of what is booked. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AppointmentScenarioTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int STEPS = 8;
    private static final Set<String> LIVE = Set.of("pending", "confirmed", "in_progress");
    private static final Map<String, Set<String>> LEGAL = Map.of(
            "pending", Set.of("confirmed", "cancelled"),
            "confirmed", Set.of("in_progress", "cancelled", "no_show"),
            "in_progress", Set.of("completed"));
    private static final List<String> STATUSES =
            List.of("pending", "confirmed", "confirmed", "in_progress", "completed", "cancelled", "no_show");
    private static final String NONE = "";
    private static final String TAKEN = "appointment_slot_taken";

    @Test
    void what_is_booked_is_what_a_small_model_says() {
        try (var app = Sql.superuser().app().open()) {
            app.begin();
            Scenario.run(run -> new Desk(run, app).play());
        }
    }

    /** @param hour the half hour of the day in which it begins. @param sequence changes that calendars must notice */
    private record Expected(
            String id, int hour, int halves, String assignee, String status, boolean deleted, int sequence) {
        boolean isLive() {
            return !deleted && LIVE.contains(status);
        }

        boolean clashesWith(Expected other) {
            return !id.equals(other.id)
                    && isLive()
                    && other.isLive()
                    && !assignee.isEmpty()
                    && assignee.equals(other.assignee)
                    && hour < other.hour + other.halves
                    && other.hour < hour + halves;
        }

        Expected at(int newHour, int newHalves) {
            var moved = newHour != hour || newHalves != halves;
            return new Expected(id, newHour, newHalves, assignee, status, deleted, sequence + (moved ? 1 : 0));
        }

        Expected of(String person) {
            return new Expected(id, hour, halves, person, status, deleted, sequence);
        }

        Expected as(String step) {
            return new Expected(id, hour, halves, assignee, step, deleted, sequence + (step.equals(status) ? 0 : 1));
        }

        Expected deleted(boolean is) {
            return new Expected(id, hour, halves, assignee, status, is, sequence + (is == deleted ? 0 : 1));
        }

        String start() {
            return "2030-05-06T%02d:%02d:00Z".formatted(9 + hour / 2, hour % 2 * 30);
        }

        String words() {
            return String.join(" ", id, start(), "" + halves * 30, assignee, status, "" + deleted, "" + sequence);
        }
    }

    private static final class Desk {
        private final Scenario run;
        private final SqlSession app;
        private final Caller admin = Caller.adminOfNewOrg();
        private final List<String> people =
                List.of(admin.id().toString(), UUID.randomUUID().toString());
        private final String contact = UUID.randomUUID().toString();
        private final Map<String, Expected> appointments = new LinkedHashMap<>();

        Desk(Scenario run, SqlSession app) {
            this.run = run;
            this.app = app;
        }

        void play() {
            sql(
                    "with joined as (insert into members (org_id, id, name, email, role, is_active, version) select current_org_id(),"
                            + " id::uuid, 'Jo', 'jo@example.com', 'agent', true, 1 from unnest(array['%s', '%s']) id)"
                                    .formatted(people.toArray())
                            + " insert into contacts (org_id, id, name) values (current_org_id(), '" + contact
                            + "', 'Grace') returning 1");
            for (int i = 0; i < STEPS; i++) {
                run.oneOf(List.<Runnable>of(
                                this::book,
                                this::book,
                                this::book,
                                this::move,
                                this::assign,
                                this::step,
                                this::step,
                                this::delete,
                                this::restore))
                        .run();
            }
            compare();
        }

        private void book() {
            var hour = run.below(4);
            var halves = 1 + run.below(2);
            var assignee = assignee();
            var wanted = new Expected(UUID.randomUUID().toString(), hour, halves, assignee, "pending", false, 0);
            if (run.chance(50)) {
                run.step("books " + wanted.words(), () -> {
                    var form = new JsonObject()
                            .put("contactId", contact)
                            .put("serviceType", "Cleaning")
                            .put("scheduledAt", wanted.start())
                            .put("durationMinutes", halves * 30);
                    if (!assignee.isEmpty()) {
                        form.put("assigneeId", assignee);
                    }
                    var answer = send("POST", "", form);
                    checkAnswer(wanted, answer, 201);
                    if (answer.statusCode() == 201) {
                        remember(wanted, new JsonObject(answer.body()).getString("id"));
                    }
                });
            } else {
                run.step("inserts " + wanted.words(), () -> {
                    var made = sql(
                            "insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, assignee_id)"
                                    + " values (current_org_id(), '%s', 'Cleaning', '%s', %s, nullif('%s', '')::uuid) on conflict do nothing returning id"
                                            .formatted(contact, wanted.start(), halves * 30, assignee));
                    assertEquals(isTaken(wanted) ? 0 : 1, made.size(), "rows inserted");
                    made.forEach(id -> remember(wanted, id));
                });
            }
        }

        private void move() {
            var hour = run.below(4);
            var halves = 1 + run.below(2);
            some(before -> change(
                    before,
                    before.at(hour, halves),
                    new JsonObject()
                            .put("scheduledAt", before.at(hour, halves).start())
                            .put("durationMinutes", halves * 30),
                    "scheduled_at = '" + before.at(hour, halves).start() + "', duration_minutes = " + halves * 30));
        }

        private void assign() {
            var person = assignee();
            some(before -> change(
                    before,
                    before.of(person),
                    new JsonObject().put("assigneeId", person.isEmpty() ? null : person),
                    "assignee_id = nullif('" + person + "', '')::uuid"));
        }

        private void step() {
            var status = run.oneOf(STATUSES);
            some(before -> change(
                    before, before.as(status), new JsonObject().put("status", status), "status = '" + status + "'"));
        }

        private void delete() {
            some(before -> {
                if (run.chance(70)) {
                    run.step("deletes " + before.words(), () -> {
                        assertEquals(
                                before.deleted() ? 404 : 204,
                                send("DELETE", "/" + before.id(), null).statusCode());
                        appointments.put(before.id(), before.deleted(true));
                    });
                } else {
                    run.step("deletes by SQL " + before.words(), () -> {
                        update(before, before.deleted(true), "deleted_at = coalesce(deleted_at, now())");
                    });
                }
            });
        }

        private void restore() {
            some(before -> {
                var after = before.deleted(false);
                if (run.chance(70)) {
                    run.step("restores " + before.words(), () -> {
                        var answer = send("POST", "/" + before.id() + "/restore", new JsonObject());
                        checkAnswer(after, answer, 200);
                        if (answer.statusCode() == 200) {
                            appointments.put(before.id(), after);
                        }
                    });
                } else {
                    run.step("restores by SQL " + before.words(), () -> update(before, after, "deleted_at = null"));
                }
            });
        }

        private void change(Expected before, Expected after, JsonObject patch, String set) {
            if (run.chance(60)) {
                run.step("patches " + before.words() + " with " + patch, () -> {
                    var answer = send("PATCH", "/" + before.id(), patch);
                    var refusal = before.deleted() ? "appointment_not_found" : refusal(before, after);
                    if (refusal == null) {
                        assertEquals(200, answer.statusCode(), answer.body());
                        appointments.put(before.id(), after);
                    } else {
                        assertEquals(before.deleted() ? 404 : 409, answer.statusCode(), answer.body());
                        assertTrue(answer.body().contains(refusal), answer.body());
                    }
                });
            } else {
                run.step("updates " + before.words() + " set " + set, () -> update(before, after, set));
            }
        }

        /** Also of a deleted one, which SQL finds. */
        private void update(Expected before, Expected after, String set) {
            var refusal = refusal(before, after);
            try {
                sql("update appointments set " + set + " where id = '" + before.id() + "' returning 1");
                assertEquals(null, refusal);
                appointments.put(before.id(), after);
            } catch (SqlRefusal refused) {
                app.rollback();
                assertTrue(refusal != null && refused.getMessage().contains(refusal), refused.getMessage());
            }
        }

        private String refusal(Expected before, Expected after) {
            var isOver = !LIVE.contains(before.status());
            var moves = before.hour() != after.hour()
                    || before.halves() != after.halves()
                    || !before.assignee().equals(after.assignee());
            if (isOver && moves) {
                return "appointment_closed";
            }
            if (!before.status().equals(after.status())
                    && !LEGAL.getOrDefault(before.status(), Set.of()).contains(after.status())) {
                return "appointment_status_illegal";
            }
            return isTaken(after) ? TAKEN : null;
        }

        private void checkAnswer(Expected wanted, HttpResponse<String> answer, int success) {
            assertEquals(isTaken(wanted) ? 409 : success, answer.statusCode(), answer.body());
            if (isTaken(wanted)) {
                var problem = new JsonObject(answer.body());
                assertTrue(problem.getString("type").endsWith(TAKEN), answer.body());
                var clash = appointments.get(problem.getJsonObject("clash").getString("id"));
                assertTrue(wanted.clashesWith(clash), answer.body());
            }
        }

        private boolean isTaken(Expected wanted) {
            return appointments.values().stream().anyMatch(wanted::clashesWith);
        }

        private void remember(Expected booked, String id) {
            appointments.put(
                    id, new Expected(id, booked.hour(), booked.halves(), booked.assignee(), "pending", false, 0));
        }

        private void compare() {
            run.step("compares", () -> {
                assertEquals(
                        appointments.values().stream()
                                .map(Expected::words)
                                .sorted()
                                .toList(),
                        sql(
                                        "select concat_ws(' ', id, to_char(scheduled_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),"
                                                + " duration_minutes, coalesce(assignee_id::text, ''), status,"
                                                + " case when deleted_at is null then 'false' else 'true' end, sequence) as words"
                                                + " from appointments")
                                .stream()
                                .sorted()
                                .toList(),
                        "by SQL");
                var page = new JsonObject(send("GET", "?limit=200", null).body());
                assertEquals(
                        appointments.values().stream()
                                .filter(appointment -> !appointment.deleted())
                                .sorted(Comparator.comparing(Expected::start).thenComparing(Expected::id))
                                .map(Expected::id)
                                .toList(),
                        page.getJsonArray("items").stream()
                                .map(item -> ((JsonObject) item).getString("id"))
                                .toList(),
                        "by API");
                assertEquals(
                        appointments.isEmpty() ? "new" : "booked",
                        sql("select lead_status from contacts").get(0),
                        "the lead");
            });
        }

        private void some(java.util.function.Consumer<Expected> work) {
            if (!appointments.isEmpty()) {
                work.accept(run.oneOf(List.copyOf(appointments.values())));
            }
        }

        private String assignee() {
            return run.chance(20) ? NONE : run.oneOf(people);
        }

        /** By the JDK's client: RestAssured would take most of the time that thousands of requests need. */
        private HttpResponse<String> send(String method, String path, JsonObject body) {
            var request = HttpRequest.newBuilder(
                            URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/appointments" + path))
                    .header("Authorization", "Bearer " + admin.token())
                    .header("Content-Type", "application/json")
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
            try {
                return HTTP.send(request.build(), BodyHandlers.ofString());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The first column of what the caller gets. */
        private List<String> sql(String statement) {
            app.run(
                    "select set_config('app.org_id', '%s', true), set_config('app.user_id', '%s', true), set_config('app.role', 'agent', true)"
                            .formatted(admin.orgId(), admin.id()));
            var column = app.column(statement);
            app.commit();
            return column;
        }
    }
}
