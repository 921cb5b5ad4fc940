package io.switchboard.voice.calllist;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.VoiceProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class CallListTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final UUID assistant = UUID.randomUUID();
    private final Caller client = acme.colleague("client");

    /** c0 is the newest, c5 the oldest. */
    @BeforeEach
    void calls() {
        insert(
                0,
                "ended",
                "inbound",
                "+15555550142",
                "+15555550100",
                null,
                null,
                "AI: hello. User: a cleaning on Thursday");
        insert(
                1,
                "ended",
                "outbound",
                "+15555550100",
                "+15555550142",
                client.id(),
                null,
                "AI: hello. User: no, thank you");
        insert(2, "in_progress", "inbound", "+15555550177", "+15555550100", client.id(), assistant, null);
        insert(3, "queued", "outbound", null, "+4930123456", null, assistant, null);
        insert(4, "ended", "web", null, null, null, null, "AI: Hallo. User: Zahnreinigung am Donnerstag");
        insert(5, "unknown", "inbound", "+15555550142", "+15555550100", null, null, null);
        insertAt(Caller.adminOfNewOrg().orgId(), 6, "ended", "inbound", "+15555550142", null, null, null, "a cleaning");
    }

    @Test
    void calls_are_listed_newest_first_by_whatever_is_asked_for() {
        assertEquals("c0 c1 c2 c3 c4 c5", listed());
        assertEquals("c0 c1 c4", listed("status", "ended"));
        assertEquals("c2", listed("status", "in_progress"));
        assertEquals("c0 c2 c5", listed("direction", "inbound"));
        assertEquals("c4", listed("direction", "web"));
        assertEquals("c1 c2", listed("clientId", client.id()));
        assertEquals("c1 c2", listed("client", client.id()));
        assertEquals("c2 c3", listed("assistantId", assistant));
        assertEquals("c3", listed("assistant", assistant, "status", "queued"));
        assertEquals("c0 c1 c5", listed("number", "+15555550142"));
        assertEquals("c0 c1 c5", listed("number", "+1 (555) 555-0142"));
        assertEquals("c3", listed("number", "+49 30 123456"));
        assertEquals("c1 c2", listed("from", "2026-06-01T12:57:30Z", "to", "2026-06-01T12:59:30Z", "status", ""));
        assertEquals("c2", listed("from", "2026-06-01T14:57:30 02:00", "to", "2026-06-01T14:58:30+02:00"));
        assertEquals("c0 c1 c5", listed("number", " 15555550142"));
        assertEquals("c1 c2", listed("from", "2026-06-01 12:57:30Z", "to", "2026-06-01T14:59:30 0200"));
        assertEquals("c0", listed("q", "thursday cleaning"));
        assertEquals("c0 c1", listed("q", "hello"));
        assertEquals("c1", listed("q", "hello -cleaning"));
        assertEquals("c0 c4", listed("q", "cleaning or zahnreinigung"));
        assertEquals("", listed("q", "word"));
    }

    @Test
    void what_is_no_filter_is_refused() {
        var wrong = Map.of(
                "status",
                "over",
                "direction",
                "up",
                "clientId",
                "x",
                "assistantId",
                "x",
                "from",
                "soon",
                "to",
                "2026-06-01",
                "number",
                "nobody",
                "q",
                "x".repeat(256),
                "limit",
                "201");
        wrong.forEach((name, value) -> acme.request()
                .queryParam(name, value)
                .get("/api/calls")
                .then()
                .statusCode(400)
                .body("errors.field", contains(name)));
        for (var time : List.of("+294277-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z", "-4800-01-01T00:00:00Z")) {
            for (var name : List.of("from", "to")) {
                acme.request()
                        .queryParam(name, time)
                        .get("/api/calls")
                        .then()
                        .statusCode(400)
                        .body("errors.field", contains(name));
            }
        }
        acme.get("/api/calls?status=ended&status=queued").then().body("errors.field", contains("status"));
        acme.get("/api/calls?cursor=x").then().statusCode(400);
        acme.get("/api/calls/not-an-id").then().statusCode(404);
    }

    @Test
    void a_client_sees_its_own_calls() {
        client.get("/api/calls").then().body("items.providerCallId", contains("c1", "c2"));
        client.get("/api/calls/recent").then().body("items.providerCallId", contains("c1", "c2"));
        client.get("/api/calls?q=hello").then().body("items.providerCallId", contains("c1"));
        for (var list : List.of("/api/calls", "/api/calls/recent")) {
            acme.get(list + "?clientId=" + client.id()).then().body("items.providerCallId", contains("c1", "c2"));
            client.get(list + "?clientId=" + UUID.randomUUID()).then().body("items.size()", is(0));
        }
        client.get("/api/calls/" + id("c1"))
                .then()
                .statusCode(200)
                .body("transcript", is("AI: hello. User: no, thank you"));
        client.get("/api/calls/" + id("c0")).then().statusCode(404);
    }

    @Test
    void the_newest_calls_come_without_transcripts() {
        acme.get("/api/calls/recent?limit=2")
                .then()
                .statusCode(200)
                .body("items.providerCallId", contains("c0", "c1"))
                .body("items[0]", not(hasKey("transcript")))
                .body("items[0].contactId", nullValue());
        acme.get("/api/calls/" + id("c0")).then().header("ETag", is("\"0\""));
    }

    private String id(String call) {
        return Sql.superuser()
                .column("select id from call_logs where org_id = '" + acme.orgId() + "' and provider_call_id = '" + call
                        + "'")
                .get(0);
    }

    /** Page by page, by the names and values of filters. */
    private String listed(Object... filter) {
        var names = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            var request = acme.request().queryParam("cursor", cursor).queryParam("limit", 2);
            for (int i = 0; i + 1 < filter.length; i += 2) {
                request.queryParam(filter[i].toString(), filter[i + 1]);
            }
            var page = request.get("/api/calls");
            page.then().statusCode(200);
            names.addAll(page.<List<String>>path("items.providerCallId"));
            cursor = page.path("nextCursor");
        }
        return String.join(" ", names);
    }

    private void insert(
            int n, String status, String direction, String from, String to, UUID client, UUID assistant, String said) {
        insertAt(acme.orgId(), n, status, direction, from, to, client, assistant, said);
    }

    private static void insertAt(
            UUID org,
            int n,
            String status,
            String direction,
            String from,
            String to,
            UUID client,
            UUID assistant,
            String said) {
        var values = List.of(
                text(org),
                "'vapi'",
                text("c" + n),
                text(status),
                text(direction),
                text(from),
                text(to),
                text(client),
                text(assistant),
                "'2026-06-01T13:00:00Z'::timestamptz - " + n + " * interval '1 minute'");
        var call =
                "insert into call_logs (org_id, provider, provider_call_id, status, direction, from_e164, to_e164, client_id,"
                        + " assistant_id, started_at) values (" + String.join(", ", values) + ")";
        var words = "insert into call_transcripts (org_id, call_id, transcript, weight, words)"
                + " select org_id, id, said, 1, transcript_words(said) from call_logs, (values (" + text(said)
                + "::text)) as s (said) where said is not null and org_id = " + text(org) + " and provider_call_id = "
                + text("c" + n);
        Sql.superuser().run(call, words);
    }

    private static String text(Object value) {
        return value == null ? "null" : "'" + value + "'";
    }
}
