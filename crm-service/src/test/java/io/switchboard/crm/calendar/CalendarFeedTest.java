package io.switchboard.crm.calendar;

import static io.restassured.RestAssured.given;
import static io.switchboard.crm.calendar.CalendarChecks.events;
import static io.switchboard.crm.calendar.CalendarChecks.value;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.net.URI;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CalendarFeedTest extends CalendarCase {
    private static final String FEEDS = "/api/appointments/feeds";

    @Test
    void a_link_shows_the_appointments_without_a_sign_in() {
        var soon = book("Roof check", "now() + interval '2 days'");
        var past = book("Survey", "now() - interval '29 days'");
        book("Too old", "now() - interval '31 days'");
        book("Too far", "now() + interval '366 days'");
        var feed = subscribe(link(acme, null))
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("text/calendar"))
                .header("Cache-Control", is("private, no-cache"))
                .extract()
                .asString();
        assertEquals(
                List.of(past + "@switchboard", soon + "@switchboard"),
                events(feed).stream().map(event -> value(event, "UID")).toList());
    }

    @Test
    void a_feed_of_an_assignee_shows_only_the_assignees() {
        var jo = Colleagues.joined("agent", acme.orgId());
        book("Of nobody", "now() + interval '1 day'");
        var own = book("Of Jo", "now() + interval '2 days'", jo.id());
        assertEquals(List.of(own), ids(link(acme, jo.id())));
        assertEquals(2, ids(link(acme, null)).size());
    }

    @Test
    void a_cancelled_one_stays_for_30_days_and_a_deleted_one_goes() {
        var cancelled = book("Roof check", "now() + interval '1 day'");
        var deleted = book("Survey", "now() + interval '2 days'");
        var link = link(acme, null);
        change(cancelled, "status = 'cancelled'");
        change(deleted, "deleted_at = now()");
        var events = events(subscribe(link).asString());
        assertEquals(
                List.of("CANCELLED"),
                events.stream().map(event -> value(event, "STATUS")).toList());
        assertEquals(cancelled + "@switchboard", value(events.get(0), "UID"));
        Sql.superuser()
                .withoutTriggers()
                .run("update appointments set updated_at = now() - interval '31 days' where id = '" + cancelled + "'");
        assertEquals(List.of(), ids(link));
    }

    @Test
    void an_unchanged_feed_is_not_sent_again() {
        var id = book("Roof check", "now() + interval '2 days'");
        var link = link(acme, null);
        var etag = subscribe(link).header("ETag");
        unchanged(link, etag).then().statusCode(304).header("ETag", is(etag)).body(is(""));
        change(id, "scheduled_at = scheduled_at + interval '1 hour'");
        var moved = unchanged(link, etag);
        moved.then().statusCode(200).header("ETag", not(etag));
        assertEquals("1", value(moved.asString(), "SEQUENCE"));
        etag = moved.header("ETag");
        acme.patch("/api/contacts/" + ada, Map.of("name", "Ada King")).then().statusCode(200);
        var renamed = unchanged(link, etag);
        renamed.then().statusCode(200);
        assertEquals("Roof check: Ada King", value(renamed.asString(), "SUMMARY"));
        given().head(link).then().statusCode(200).header("ETag", is(renamed.header("ETag")));
    }

    @Test
    void of_too_many_those_to_come_are_shown_first() {
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, ends_at, blocked)"
                                + " select '" + acme.orgId() + "', '" + ada
                                + "', 'S' || n, at, 30, at + interval '30 minutes',"
                                + " tstzrange(at, at + interval '30 minutes') from generate_series(-500, 1999) n,"
                                + " lateral (select now() + interval '10 minutes' * n + interval '5 minutes') t (at)");
        var link = link(acme, null);
        var reads = IntStream.range(0, 8)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> subscribe(link)))
                .toList();
        var texts = reads.stream()
                .map(CompletableFuture::join)
                .peek(answer -> answer.then().statusCode(200))
                .map(Response::asString)
                .distinct()
                .toList();
        assertEquals(1, texts.size());
        var events = events(texts.get(0));
        assertEquals(2_000, events.size());
        assertEquals("S0: Ada Lovelace", value(events.get(0), "SUMMARY"));
        assertEquals("S1999: Ada Lovelace", value(events.get(1_999), "SUMMARY"));
    }

    @Test
    void the_link_is_shown_once_and_only_its_hash_is_kept() throws Exception {
        var created = acme.post(FEEDS, Map.of());
        created.then().statusCode(201).body("createdAt", not(empty()));
        var url = created.<String>path("url");
        var token = token(url);
        assertTrue(token.matches("[A-Za-z0-9_-]{43}"), url);
        assertTrue(url.startsWith("http://127.0.0.1:8082/api/appointments/feeds/"), url);
        acme.get(FEEDS)
                .then()
                .body("items.id", contains(created.<String>path("id")))
                .body("items[0]", not(hasKey("url")));
        var hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes());
        assertEquals(
                1,
                Sql.superuser()
                        .number("select count(*) from directory_calendar_feeds where key = '\\x"
                                + HexFormat.of().formatHex(hash) + "'"));
        var event = AuditTrail.await(
                acme.orgId(), "create", some -> some.getString("resourceType").equals("calendar_feeds"));
        assertTrue(event.toString().contains("[redacted]"), event::toString);
    }

    @Test
    void whatever_opens_nothing_is_the_same_404() {
        var feed = acme.post(FEEDS, Map.of());
        var link = path(feed.path("url"));
        var id = feed.<String>path("id");
        var token = token(link);
        Caller.adminOfNewOrg().delete(FEEDS + "/" + id).then().statusCode(404);
        subscribe(link).then().statusCode(200);
        var other = token.substring(0, 42) + (token.endsWith("A") ? "E" : "A");
        for (var odd : List.of(other, id, "x", token + "x", token.toUpperCase() + "%00", "%F0%9F%8F%A0")) {
            refused(FEEDS + "/" + odd + ".ics");
        }
        acme.delete(FEEDS + "/" + id).then().statusCode(204);
        refused(link);
        acme.delete(FEEDS + "/" + id).then().statusCode(404).body("type", endsWith("calendar_feed_not_found"));
    }

    @Test
    void agents_have_their_own_feeds_and_admins_end_any() {
        var jo = Colleagues.joined("agent", acme.orgId());
        var ann = Colleagues.joined("agent", acme.orgId());
        var id = jo.post(FEEDS, Map.of()).<String>path("id");
        jo.get(FEEDS).then().body("items.createdBy", contains(jo.id().toString()));
        ann.get(FEEDS).then().body("items", empty());
        ann.delete(FEEDS + "/" + id).then().statusCode(404);
        acme.get(FEEDS).then().body("items.id", contains(id));
        acme.delete(FEEDS + "/" + id).then().statusCode(204);
        jo.get(FEEDS).then().body("items", empty());
    }

    @Test
    void a_link_ends_with_the_right_to_list_appointments() {
        var jo = Colleagues.joined("agent", acme.orgId());
        var link = link(jo, null);
        subscribe(link).then().statusCode(200);
        push(jo, "customer", true, 2);
        refused(link);
        push(jo, "agent", true, 3);
        subscribe(link).then().statusCode(200);
        push(jo, "agent", false, 4);
        refused(link);
        jo.post(FEEDS, Map.of()).then().statusCode(401);
    }

    @Test
    void a_suspended_organizations_links_open_nothing() {
        var link = link(acme, null);
        suspend(true, 1);
        refused(link);
        suspend(false, 2);
        subscribe(link).then().statusCode(200);
    }

    @Test
    void only_members_have_feeds_of_their_own() {
        var stranger = Colleagues.joined("agent", UUID.randomUUID());
        PeerRequests.answer("/internal/members/" + stranger.id(), 404);
        acme.post(FEEDS, Map.of("assigneeId", stranger.id()))
                .then()
                .statusCode(422)
                .body("errors.field", contains("assigneeId"));
        acme.post(FEEDS, Map.of("token", "x")).then().statusCode(400);
    }

    @Test
    void an_erased_persons_appointments_leave_the_feed() {
        book("Roof check", "now() + interval '2 days'");
        var link = link(acme, null);
        assertEquals(1, ids(link).size());
        acme.post("/api/contacts/" + ada + "/erase", Map.of()).then().statusCode(202);
        assertEquals(List.of(), ids(link));
    }

    private static String link(Caller who, UUID assignee) {
        var form = new HashMap<String, Object>();
        if (assignee != null) {
            form.put("assigneeId", assignee);
        }
        return path(who.post(FEEDS, form).then().statusCode(201).extract().path("url"));
    }

    private static String path(String url) {
        return URI.create(url).getPath();
    }

    private static String token(String url) {
        return url.substring(url.lastIndexOf('/') + 1).replace(".ics", "");
    }

    private static Response subscribe(String link) {
        return given().get(link);
    }

    private static Response unchanged(String link, String etag) {
        return given().header("If-None-Match", etag).get(link);
    }

    private static List<String> ids(String link) {
        return events(subscribe(link).asString()).stream()
                .map(event -> value(event, "UID").replace("@switchboard", ""))
                .toList();
    }

    private static void refused(String link) {
        given().urlEncodingEnabled(false)
                .get(link)
                .then()
                .statusCode(404)
                .header("Cache-Control", is("no-store"))
                .body("type", endsWith("calendar_feed_not_found"))
                .body("detail", is("There is no such calendar feed."));
    }

    private static void push(Caller who, String role, boolean active, int version) {
        var form =
                Map.of("name", "Jo", "email", "jo@example.com", "role", role, "isActive", active, "version", version);
        Caller.service("auth-service", who.orgId())
                .put("/internal/members/" + who.id(), form)
                .then()
                .statusCode(204);
    }

    private void suspend(boolean isSuspended, int version) {
        var form = Map.of(
                "timeZone",
                "UTC",
                "defaultRegion",
                "US",
                "businessHours",
                Map.of(),
                "isActive",
                !isSuspended,
                "version",
                version);
        Caller.service("auth-service", acme.orgId())
                .put("/internal/organization", form)
                .then()
                .statusCode(204);
    }
}
