package io.switchboard.voice.analytics;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.VoiceProfile;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class AnalyticsTest {
    private static final String DASHBOARD = "/api/analytics/dashboard";
    private static final String USAGE = "/api/usage";

    final Caller acme = Caller.adminOfNewOrg();
    final Caller client = acme.colleague("client");
    final UUID assistant = UUID.randomUUID();
    final UUID agent = UUID.randomUUID();
    final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    /** Today four calls and a leg, five days ago one, forty days ago one; one in another organization. */
    private void calls() {
        var mine = "'" + client.id() + "', '" + assistant + "', '" + agent + "'";
        var none = "null, null, null";
        CallsBySql.insert(acme, "vapi", "inbound", 0, "ended, true, human, 60, 1.5, USD, true, 100, done", mine);
        CallsBySql.insert(acme, "vapi", "inbound", 0, "ended, true, human, 30, 0.25, EUR, false, 50, done", mine);
        CallsBySql.insert(
                acme, "twilio", "outbound", 0, "ended, true, machine, 10, 0.1, USD, null, null, voicemail", none);
        CallsBySql.insert(
                acme, "twilio", "inbound", 0, "ended, false, null, 0, null, null, null, null, no-answer", none);
        CallsBySql.insert(acme, "vapi", "web", 5, "in_progress, true, null, null, null, null, null, null, null", mine);
        CallsBySql.insert(acme, "vapi", "inbound", 40, "ended, true, human, 20, 0.4, USD, true, null, done", none);
        CallsBySql.insert(
                Caller.adminOfNewOrg(), "vapi", "inbound", 0, "ended, true, human, 7, 7, USD, true, 7, done", none);
        Sql.superuser()
                .run(
                        "insert into call_logs (org_id, provider, provider_call_id, status, started_at, head_id, duration_seconds)"
                                + " select org_id, 'twilio', 'leg', 'ended', started_at, id, 60 from call_logs where org_id = '"
                                + acme.orgId() + "' and duration_seconds = 60");
    }

    @Test
    void the_dashboard_sums_the_days_until_today() {
        calls();
        acme.get(DASHBOARD)
                .then()
                .statusCode(200)
                .body("from", is(today.minusDays(29).toString()))
                .body("to", is(today.toString()))
                .body("totalCalls", is(5))
                .body("answeredCalls", is(3))
                .body("missedCalls", is(1))
                .body("totalSeconds", is(100))
                .body("averageSeconds", is(33.33f))
                .body("totalCost", is(1.6f))
                .body("otherCosts.currency", contains("EUR"))
                .body("otherCosts.cost", contains(0.25f))
                .body("successRate", is(0.5f))
                .body("byDay", hasSize(30))
                .body("byDay[29].day", is(today.toString()))
                .body("byDay[29].calls", is(4))
                .body("byDay[29].seconds", is(100))
                .body("byDay[29].successes", is(1))
                .body("byDay[28].calls", is(0))
                .body("byDay[24].calls", is(1))
                .body("byHour.hour", is(IntStream.range(0, 24).boxed().toList()))
                .body("byHour.calls.sum()", is(5))
                .body("byHour[12].calls", is(5))
                .body("topAssistants.assistantId", contains(assistant.toString()))
                .body("topAssistants[0].displayName", nullValue())
                .body("topAssistants[0].calls", is(3))
                .body("endedReasons.reason", contains("done", "no-answer", "voicemail"))
                .body("endedReasons.calls", contains(2, 1, 1))
                .body("$", not(hasKey("breakdown")))
                .body("previous.to", is(today.minusDays(30).toString()))
                .body("previous.totalCalls", is(1))
                .body("previous.totalSeconds", is(20))
                .body("previous.totalCost", is(0.4f));
        acme.get(DASHBOARD + "?days=1").then().body("totalCalls", is(4)).body("previous.totalCalls", is(0));
        acme.get(DASHBOARD + "?days=365").then().body("totalCalls", is(6)).body("byDay", hasSize(365));
    }

    @Test
    void without_calls_all_is_zero_and_no_rate_is_known() {
        acme.get(DASHBOARD + "?days=2&by=agent")
                .then()
                .statusCode(200)
                .body("totalCalls", is(0))
                .body("averageSeconds", nullValue())
                .body("successRate", nullValue())
                .body("byDay.calls", contains(0, 0))
                .body("byHour", hasSize(24))
                .body("topAssistants", hasSize(0))
                .body("breakdown", hasSize(0))
                .body("previous.successRate", nullValue());
    }

    @Test
    void figures_are_broken_down_and_add_up() {
        calls();
        var keys = Map.of(
                "agent", List.of(agent.toString(), "null"),
                "client", List.of(client.id().toString(), "null"),
                "provider", List.of("vapi", "twilio"),
                "number", List.of("+15555550100", "null"));
        for (var by : keys.entrySet()) {
            for (var path : List.of(DASHBOARD + "?days=30&by=", USAGE + "?from=" + today.minusDays(29) + "&by=")) {
                var lines = acme.get(path + by.getKey()).jsonPath();
                var found = lines.<String>getList("breakdown.key").stream()
                        .map(String::valueOf)
                        .toList();
                assertEquals(by.getValue(), found, path + by.getKey());
                assertEquals(5, lines.getInt("breakdown.calls.sum()"));
                assertEquals(100, lines.getInt("breakdown.seconds.sum()"));
                assertEquals(1, lines.getInt("breakdown.missedCalls.sum()"));
            }
        }
    }

    @Test
    void usage_is_of_this_month_unless_days_are_named() {
        calls();
        var usage = acme.get(USAGE).then().statusCode(200);
        usage.body("from", is(today.withDayOfMonth(1).toString())).body("to", is(today.toString()));
        acme.get(USAGE + "?from=" + today + "&to=" + today)
                .then()
                .body("calls", is(4))
                .body("seconds", is(100))
                .body("cost", is(1.6f))
                .body("tokens", is(150))
                .body("otherCosts.cost", contains(0.25f));
        acme.get(USAGE + "?to=2026-02-10").then().body("from", is("2026-02-01")).body("calls", is(0));
        for (var range : List.of("from=2026-02-10&to=2026-02-09", "from=2024-01-01&to=2025-01-02")) {
            acme.get(USAGE + "?" + range).then().statusCode(422).body("errors.field", contains("to"));
        }
    }

    @Test
    void a_client_sees_only_its_own() {
        calls();
        var other = acme.colleague("client");
        for (var query : List.of("?clientId=", "?clientId=" + client.id())) {
            client.get(DASHBOARD + query).then().body("totalCalls", is(3)).body("endedReasons.calls", contains(2));
            client.get(USAGE + query + "&from=" + today.minusDays(29))
                    .then()
                    .body("calls", is(3))
                    .body("seconds", is(90));
            client.get("/api/calls/recent" + query).then().body("items", hasSize(3));
            other.get(DASHBOARD + query + "&by=number").then().statusCode(200).body("totalCalls", is(0));
            other.get(DASHBOARD + query + "&by=number").then().body("breakdown", hasSize(0));
            other.get("/api/calls/recent" + query).then().body("items", hasSize(0));
        }
        client.get(DASHBOARD + "?clientId=" + other.id()).then().body("totalCalls", is(0));
        acme.get(DASHBOARD + "?clientId=" + client.id()).then().body("totalCalls", is(3));
        acme.get("/api/calls/recent?limit=2&clientId=" + client.id()).then().body("items", hasSize(2));
        acme.get(USAGE + "?from=" + today.minusDays(29) + "&clientId=" + client.id())
                .then()
                .body("calls", is(3));
        Caller.adminOfNewOrg()
                .get(DASHBOARD + "?clientId=" + client.id())
                .then()
                .body("totalCalls", is(0));
    }

    @Test
    void a_client_that_is_switched_off_sees_no_figures() {
        calls();
        Sql.superuser()
                .run(
                        "insert into clients (org_id, id, company_name, is_active, version) values ('%s', '%s', 'Globex', false, 1)"
                                .formatted(acme.orgId(), client.id()));
        client.get(DASHBOARD + "?by=provider").then().body("totalCalls", is(0)).body("breakdown", hasSize(0));
    }

    @Test
    void roles_see_what_they_may() {
        calls();
        acme.colleague("agent").get(DASHBOARD).then().statusCode(200).body("totalCalls", is(5));
        acme.colleague("user").get(DASHBOARD).then().statusCode(200).body("totalCalls", is(0));
        acme.colleague("user").get(USAGE).then().statusCode(200).body("calls", is(0));
        acme.colleague("enterprise").get(DASHBOARD).then().statusCode(200).body("totalCalls", is(3));
        acme.colleague("customer").get(DASHBOARD).then().statusCode(403);
        acme.colleague("agent").get(USAGE).then().statusCode(403);
        acme.colleague("agent").post("/api/analytics/rebuild", Map.of()).then().statusCode(403);
    }

    @Test
    void what_is_no_filter_is_refused() {
        for (var wrong : List.of(
                "days=0", "days=366", "days=-1", "days=1.5", "days=soon", "days=99999999999", "clientId=1", "by=day")) {
            acme.get(DASHBOARD + "?" + wrong)
                    .then()
                    .statusCode(400)
                    .body("type", endsWith("invalid_filter"))
                    .body("errors.field", contains(wrong.substring(0, wrong.indexOf('='))));
        }
        for (var wrong :
                List.of("from=yesterday", "to=2026-02-30", "from=2026-06-01T00:00:00Z", "clientId=1", "by=day")) {
            acme.get(USAGE + "?" + wrong).then().statusCode(400).body("type", endsWith("invalid_filter"));
        }
        acme.get("/api/calls/recent?clientId=1").then().statusCode(400).body("errors.field", contains("clientId"));
    }

    @Test
    void today_is_the_organizations() {
        var zone = "Pacific/Kiritimati";
        Caller.service("auth-service", acme.orgId())
                .put(
                        "/internal/organization",
                        Map.of("timeZone", zone, "defaultRegion", "KI", "businessHours", Map.of(), "version", 1))
                .then()
                .statusCode(204);
        CallsBySql.insert(
                acme, "vapi", "inbound", 1, "ended, true, human, 60, null, null, null, null, null", "null, null, null");
        acme.get(DASHBOARD + "?days=3")
                .then()
                .body("to", is(LocalDate.now(ZoneId.of(zone)).toString()))
                .body("byHour[2].calls", is(1));
    }
}
