package io.switchboard.crm.availability;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.crm.Colleagues;
import io.switchboard.crm.Organizations;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AvailabilityResourceTest {
    final UUID acme = UUID.randomUUID();
    final LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(3);
    Caller ada;

    @BeforeEach
    void open() {
        ada = Colleagues.joined("agent", acme);
        Organizations.open(acme, "UTC", "09:00", "12:00");
    }

    @Test
    void slots_lie_on_the_grid_within_open_hours() {
        of(day, 60, "").statusCode(200).body("items.start", is(times("09:00", "09:30", "10:00", "10:30", "11:00")));
        of(day, 60, "").body("items.end", is(times("10:00", "10:30", "11:00", "11:30", "12:00")));
        of(day, 180, "").body("items.start", is(times("09:00")));
        of(day, 185, "").body("items", empty()).body("nextCursor", nullValue());
    }

    @Test
    void slots_begin_and_end_between_from_and_to() {
        between(day + "T09:10:00Z", day + "T10:59:59Z", 30, "").body("items.start", is(times("09:30", "10:00")));
        between(day + "T09:30:00Z", day + "T10:30:00Z", 30, "").body("items.start", is(times("09:30", "10:00")));
        between(day + "T09:30:00Z", day + "T09:30:00Z", 30, "").body("items", empty());
    }

    @Test
    void closed_days_and_empty_hours_have_none() {
        Organizations.put(
                acme,
                "UTC",
                Map.of(day.getDayOfWeek().name().toLowerCase(java.util.Locale.ROOT), List.of()),
                List.of());
        of(day, 30, "").statusCode(200).body("items", empty());
    }

    @Test
    void a_time_is_free_while_anybody_is() {
        var eve = Colleagues.joined("admin", acme);
        Colleagues.left("agent", acme);
        Colleagues.joined("user", acme);
        book("10:00", 30);
        of(day, 30, "").body("items.start", hasItem(time("10:00")));
        book("10:00", 30);
        of(day, 30, "").body("items.start", not(hasItem(time("10:00"))));
        of(day, 60, "").body("items.start", is(times("09:00", "10:30", "11:00")));
        of(day, 60, "&assigneeId=" + eve.id()).body("items.start", is(times("09:00", "10:30", "11:00")));
    }

    @Test
    void an_appointment_without_assignee_takes_anybody() {
        Colleagues.joined("agent", acme);
        insert("10:00", 30, "null");
        of(day, 30, "").body("items.start", hasItem(time("10:00")));
        of(day, 30, "&assigneeId=" + ada.id()).body("items.start", hasItem(time("10:00")));
        book("10:00", 30);
        of(day, 30, "").body("items.start", not(hasItem(time("10:00"))));
    }

    @Test
    void an_assignee_who_cannot_be_booked_has_a_calendar_all_the_same() {
        var eve = Colleagues.joined("agent", acme);
        rules("assignees", "'{" + ada.id() + "}'");
        insert("09:00", 180, "'" + ada.id() + "'");
        of(day, 60, "").body("items", empty());
        of(day, 60, "&assigneeId=" + ada.id()).body("items", empty());
        of(day, 120, "&assigneeId=" + eve.id()).body("items.start", is(times("09:00", "09:30", "10:00")));
        of(day, 60, "&assigneeId=" + UUID.randomUUID()).body("items", empty());
    }

    @Test
    void a_buffer_is_kept_after_each_appointment() {
        rules("buffer_minutes", "30");
        insert("10:00", 30, "'" + ada.id() + "'");
        of(day, 30, "").body("items.start", is(times("09:00", "11:00", "11:30")));
    }

    @Test
    void only_times_between_notice_and_horizon_are_offered() {
        Organizations.open(acme, "UTC", "00:00", "24:00");
        rules("minimum_notice_minutes", "120");
        var now = Instant.now();
        var first = OffsetDateTime.parse(between(
                                now.minus(2, ChronoUnit.DAYS).toString(),
                                now.plus(1, ChronoUnit.DAYS).toString(),
                                5,
                                "&limit=1")
                        .extract()
                        .path("items[0].start"))
                .toInstant();
        assertFalse(first.isBefore(now.plus(120, ChronoUnit.MINUTES)), first.toString());
        assertFalse(first.isAfter(now.plus(152, ChronoUnit.MINUTES)), first.toString());
        rules("horizon_days", "2");
        of(day, 30, "").body("items", empty());
        of(day.minusDays(2), 30, "").body("items", not(empty()));
    }

    @Test
    void pages_go_on_where_the_one_before_ends() {
        var found = new ArrayList<String>();
        String cursor = null;
        do {
            var page = of(day, 30, "&limit=4" + (cursor == null ? "" : "&cursor=" + cursor))
                    .statusCode(200)
                    .extract();
            found.addAll(page.path("items.start"));
            cursor = page.path("nextCursor");
        } while (cursor != null);
        assertEquals(times("09:00", "09:30", "10:00", "10:30", "11:00", "11:30"), found);
        of(day, 30, "&limit=6").body("nextCursor", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "to=2030-01-02T00:00:00Z&durationMinutes=30, 422, from",
        "from=2030-01-01T00:00:00Z&durationMinutes=30, 422, to",
        "from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z, 422, durationMinutes",
        "from=2030-01-01T00:00:00Z&to=2030-02-01T00:00:01Z&durationMinutes=30, 422, to",
        "from=2030-01-02T00:00:00Z&to=2030-01-01T00:00:00Z&durationMinutes=30, 422, to",
        "from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z&durationMinutes=4, 422, durationMinutes",
        "from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z&durationMinutes=1441, 422, durationMinutes",
        "from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z&durationMinutes=1e1, 400, durationMinutes",
        "from=tomorrow&to=2030-01-02T00:00:00Z&durationMinutes=30, 400, from",
        "from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z&durationMinutes=30&assigneeId=x, 400, assigneeId",
        "from=2030-01-01T00:00:00Z&to=2030-01-02T00:00:00Z&durationMinutes=30&limit=0, 400, limit"
    })
    void what_cannot_be_answered_is_refused(String query, int status, String field) {
        ada.get("/api/appointments/availability?" + query)
                .then()
                .statusCode(status)
                .body("errors.field", contains(field));
    }

    @Test
    void bookings_are_shared_among_those_who_are_free() {
        Colleagues.joined("agent", acme);
        Colleagues.joined("admin", acme);
        var people = new ArrayList<String>();
        for (var time : List.of("09:00", "10:00", "11:00")) {
            people.add(assignee(book(time, 60)));
        }
        assertEquals(3, people.stream().distinct().count());
        assertNotNull(book("09:00", 60));
        assertNotNull(book("09:00", 60));
        assertNull(book("09:00", 60));
        assertNull(book("08:00", 60), "closed");
        assertNull(book("10:10", 30), "off the grid");
    }

    private String book(String time, int minutes) {
        var contact = contact();
        return app().value("select book_free_person('%s', 'Cleaning', '%s', %d, null)"
                .formatted(contact, time(time), minutes));
    }

    private void insert(String time, int minutes, String assignee) {
        app().run(
                        ("insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, assignee_id)"
                                        + " values ('%s', '%s', 'Cleaning', '%s', %d, %s)")
                                .formatted(acme, contact(), time(time), minutes, assignee));
    }

    private String contact() {
        return ada.post("/api/contacts", Map.of("name", "Grace"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private String assignee(String appointment) {
        return app().value("select assignee_id from appointments where id = '" + appointment + "'");
    }

    private void rules(String column, String value) {
        app().run(
                        "insert into booking_rules (org_id, %1$s) values ('%2$s', %3$s) on conflict (org_id) do update set %1$s = %3$s"
                                .formatted(column, acme, value));
    }

    private Sql app() {
        return Sql.app(acme, ada.id(), "agent");
    }

    private io.restassured.response.ValidatableResponse of(LocalDate day, int minutes, String more) {
        return between(day + "T00:00:00Z", day.plusDays(1) + "T00:00:00Z", minutes, more);
    }

    private io.restassured.response.ValidatableResponse between(String from, String to, int minutes, String more) {
        Response answer = ada.get(
                "/api/appointments/availability?from=" + from + "&to=" + to + "&durationMinutes=" + minutes + more);
        return answer.then();
    }

    private List<String> times(String... times) {
        return java.util.Arrays.stream(times).map(this::time).toList();
    }

    /** As answers have it. */
    private String time(String time) {
        return day + "T" + time + ":00Z";
    }
}
