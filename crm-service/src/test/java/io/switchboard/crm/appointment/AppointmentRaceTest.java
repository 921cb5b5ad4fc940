package io.switchboard.crm.appointment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many who want the same time at once: one has it, the others are told so, and none is kept waiting for another. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AppointmentRaceTest {
    private static final int ROUNDS = 3;
    private static final int EACH = 5;
    private static final int MOVERS = 6;
    private static final int MOVES = 60;

    Caller admin;
    Caller ada;
    String contact;

    @BeforeEach
    void join() {
        admin = Colleagues.joined("admin", UUID.randomUUID());
        ada = Colleagues.joined("agent", admin.orgId());
        contact = admin.post("/api/contacts", Map.of("name", "Grace")).path("id");
    }

    @Test
    void of_bookings_and_moves_to_one_time_one_succeeds() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var day = "2030-05-%02dT".formatted(round + 1);
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                var apart = "%s%02d:00:00Z".formatted(day, 12 + i);
                var byApi = book(apart, ada);
                var bySql = book(apart, admin);
                all.add(() -> answered(
                        admin.post("/api/appointments", form(day + "10:00:00Z", ada))
                                .statusCode(),
                        201));
                all.add(() -> ran(insert(day + "10:00:00Z")));
                all.add(() -> answered(
                        admin.patch("/api/appointments/" + byApi, Map.of("scheduledAt", day + "10:10:00Z"))
                                .statusCode(),
                        200));
                all.add(() -> ran("update appointments set assignee_id = '" + ada.id() + "', scheduled_at = '" + day
                        + "10:20:00Z' where id = '" + bySql + "'"));
            }
            assertEquals(1, raced(all), "of those that wanted the time in round " + round);
        }
    }

    /** Each wants the time that the other leaves: without an order of locks they would wait for each other. */
    @Test
    void people_who_swap_their_appointments_never_wait_for_each_other() throws Exception {
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < MOVERS; i++) {
            var id = book("2030-06-0%dT10:00:00Z".formatted(i + 1), i % 2 == 0 ? ada : admin);
            var random = new Random(i);
            all.add(() -> moved(id, random));
        }
        assertTrue(raced(all) > 0, "somebody could move now and then");
    }

    private boolean moved(String id, Random random) {
        var app = Sql.superuser().app().with("app.org_id", admin.orgId()).with("app.role", "agent");
        var moves = 0;
        try (var session = app.open()) {
            for (int i = 0; i < MOVES; i++) {
                var person = random.nextBoolean() ? ada : admin;
                var at = "2030-06-01T10:%d0:00Z".formatted(random.nextInt(6));
                moves += ran(
                                session::run,
                                "update appointments set assignee_id = '" + person.id() + "', scheduled_at = '" + at
                                        + "' where id = '" + id + "'")
                        ? 1
                        : 0;
            }
        }
        return moves > 0;
    }

    @Test
    void of_one_restored_and_one_booked_one_has_the_time() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var at = "2030-07-%02dT10:00:00Z".formatted(round + 1);
            var deleted = book(at, ada);
            admin.delete("/api/appointments/" + deleted);
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                all.add(() ->
                        answered(admin.post("/api/appointments", form(at, ada)).statusCode(), 201));
            }
            all.add(() -> answered(
                    admin.post("/api/appointments/" + deleted + "/restore", Map.of())
                            .statusCode(),
                    200));
            assertEquals(1, raced(all));
        }
    }

    /** How many had it. */
    private static long raced(List<Callable<Boolean>> all) throws InterruptedException {
        var threads = Executors.newFixedThreadPool(all.size());
        try {
            return threads.invokeAll(all).stream()
                    .filter(AppointmentRaceTest::result)
                    .count();
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean result(Future<Boolean> one) {
        try {
            return one.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean answered(int status, int success) {
        assertTrue(Set.of(success, 409).contains(status), "answered " + status);
        return status == success;
    }

    /** By the service's role, as a service of ours would; the only refusal is that the time is taken. */
    private boolean ran(String sql) {
        return ran(Sql.app(admin.orgId(), admin.id(), "agent")::run, sql);
    }

    private static boolean ran(ToIntFunction<String[]> database, String sql) {
        try {
            return database.applyAsInt(new String[] {sql}) == 1;
        } catch (SqlRefusal refused) {
            assertEquals("23P01", refused.state(), refused::getMessage);
            return false;
        }
    }

    private String insert(String at) {
        return "insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, assignee_id)"
                + " values ('%s', '%s', 'Cleaning', '%s', 30, '%s') on conflict do nothing"
                        .formatted(admin.orgId(), contact, at, ada.id());
    }

    private String book(String at, Caller assignee) {
        return admin.post("/api/appointments", form(at, assignee))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private Map<String, ?> form(String at, Caller assignee) {
        return Map.of(
                "contactId",
                contact,
                "serviceType",
                "Cleaning",
                "scheduledAt",
                at,
                "durationMinutes",
                30,
                "assigneeId",
                assignee.id());
    }
}
