package io.switchboard.voice.usage;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.People;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VapiAnswers;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers tell of a call, however often and in whatever order, is one run of its agent's owner. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class CallRunsTest {
    private static final String CURRENT = "/api/usage/current-month";
    private static final String DAY_OF_SAMPLES = "/api/usage/daily?from=2026-06-01&to=2026-06-01";
    private static final int TOKENS = 812 + 96; // of the model's line in the sample

    final Caller acme = Caller.adminOfNewOrg();
    final SampleCall call = SampleCall.create();
    Caller owner;
    String agent;
    Front vapi;

    @BeforeEach
    void openDesk() {
        owner = QuotaOwners.create(acme, "user", 1_000);
        agent = People.agent(owner);
        People.number(acme, "+15555550100", null, agent); // as in the samples
        vapi = Front.of(acme, "vapi");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void a_call_of_platform_and_carrier_is_one_run_in_any_order(int seed) {
        var twilio = Front.of(acme, "twilio");
        var deliveries = new ArrayList<Runnable>();
        Stream.of(
                        "status-update-ringing",
                        "status-update-in-progress",
                        "status-update-ended",
                        "end-of-call-report",
                        "hang")
                .map(call::vapi)
                .forEach(body -> deliveries.add(() -> vapi.vapi(body).then().statusCode(200)));
        List.of("ringing", "in-progress", "completed")
                .forEach(status -> deliveries.add(() -> twilio.twilio(call.carrier(status, status.length() % 4))
                        .then()
                        .statusCode(200)));
        deliveries.addAll(List.copyOf(deliveries));
        Collections.shuffle(deliveries, new Random(seed));
        deliveries.stream().map(CompletableFuture::runAsync).toList().forEach(CompletableFuture::join);
        Settled.all(acme);

        var head = acme.get("/api/calls").jsonPath();
        assertEquals(List.of("vapi"), head.getList("items.provider"));
        var runs = runs();
        assertEquals(List.of(head.getString("items[0].id")), runs.getList("items.id"));
        assertEquals(List.of("call"), runs.getList("items.source"));
        assertEquals(List.of(TOKENS), runs.getList("items.tokens"));
        assertEquals(List.of(23), runs.getList("items.durationSeconds"));
        assertEquals(List.of(0.0444f), runs.getList("items.cost"));
        owner.get(DAY_OF_SAMPLES)
                .then()
                .body("items.runs", contains(1))
                .body("items.tokens", contains(TOKENS))
                .body("items.seconds", contains(23));
        assertCounted();
    }

    @Test
    void a_call_that_is_not_over_is_no_run() {
        tell(call.vapi("status-update-in-progress"));
        assertEquals(List.of(), runs().getList("items"));
        tell(call.vapi("status-update-ended"));
        assertEquals(List.of(0), runs().getList("items.tokens"));
        owner.get(DAY_OF_SAMPLES).then().body("items.runs", contains(1));
    }

    @Test
    void what_is_told_later_changes_the_run_and_the_counters() {
        var report = new JsonObject(call.vapi("end-of-call-report"));
        report.getJsonObject("message").put("costs", new JsonArray()).putNull("cost");
        report.getJsonObject("message").remove("costBreakdown");
        tell(report.encode());
        assertEquals(List.of(0), runs().getList("items.tokens"));
        for (int i = 0; i < 3; i++) {
            tell(call.vapi("end-of-call-report"));
            assertEquals(List.of(TOKENS), runs().getList("items.tokens"));
            owner.get(DAY_OF_SAMPLES)
                    .then()
                    .body("items.runs", contains(1))
                    .body("items.tokens", contains(TOKENS))
                    .body("items.cost", contains(0.0444f));
        }
        assertCounted();
    }

    @Test
    void a_call_that_uses_the_quota_up_is_noticed_once_and_the_next_one_gets_no_assistant() {
        assertTrue(ask().containsKey("assistant"));
        QuotaOwners.push(owner, "user", TOKENS, 2);
        var report = today(call.vapi("end-of-call-report"));
        for (int i = 0; i < 20; i++) {
            tell(report);
        }
        owner.get(CURRENT).then().body("tokens", is(TOKENS)).body("runs", is(1));
        assertEquals("This line is not accepting calls right now.", ask().getString("error"));
        owner.post("/api/agents/" + agent + "/runs", QuotaOwners.run(0)).then().statusCode(429);

        var key = "quota:%s:%s:"
                .formatted(owner.id(), LocalDate.now(ZoneOffset.UTC).toString().substring(0, 7));
        await().until(() -> notices(key).equals(List.of(key + "100")));
        QuotaOwners.push(owner, "user", 1_000_000, 3);
        assertTrue(ask().containsKey("assistant"));
        assertEquals(List.of(key + "100"), notices(key));
        var notice = new JsonObject(
                PeerRequests.to("/internal/notifications", owner.id().toString())
                        .get(0)
                        .getString("body"));
        assertEquals(owner.id().toString(), notice.getJsonObject("audience").getString("userId"));
        assertEquals("system_alert", notice.getString("type"));
        assertCounted();
    }

    @Test
    void an_agents_calls_stay_its_owners_when_the_agent_goes() {
        tell(call.vapi("end-of-call-report"));
        acme.delete("/api/agents/" + agent).then().statusCode(204);
        owner.get(DAY_OF_SAMPLES).then().body("items.tokens", contains(TOKENS));
        acme.get("/api/agents/" + agent + "/runs").then().statusCode(200).body("items", hasSize(1));
        tell(SampleCall.create().vapi("end-of-call-report"));
        owner.get(DAY_OF_SAMPLES).then().body("items.runs", contains(1));
        assertCounted();
    }

    @Test
    void another_organization_sees_none_of_it() {
        tell(call.vapi("end-of-call-report"));
        var globex = Caller.adminOfNewOrg();
        globex.get("/api/agents/" + agent + "/runs").then().statusCode(404);
        globex.get(DAY_OF_SAMPLES + "&userId=" + owner.id()).then().body("items.runs", contains(0));
        globex.get("/api/usage").then().body("calls", is(0)).body("tokens", is(0));
    }

    private void tell(String body) {
        vapi.vapi(body).then().statusCode(200);
        Settled.all(acme);
    }

    private JsonPath runs() {
        return owner.get("/api/agents/" + agent + "/runs").jsonPath();
    }

    private JsonObject ask() {
        var answer = vapi.vapi(SampleCall.create().vapi("assistant-request"));
        answer.then().statusCode(200);
        return VapiAnswers.check("assistant-request", answer.asString());
    }

    private static List<String> notices(String key) {
        return PeerRequests.to("/internal/notifications").stream()
                .map(sent -> sent.getString("idempotencyKey"))
                .filter(sent -> sent != null && sent.startsWith(key))
                .toList();
    }

    /** The same of a call that has just ended. */
    private static String today(String report) {
        var now = Instant.now();
        return report.replace("2026-06-01T13:00:01.000Z", now.minusSeconds(23).toString())
                .replace("2026-06-01T13:00:24.000Z", now.toString());
    }

    private void assertCounted() {
        assertEquals(
                List.of(),
                UsageRecount.differences(sql -> Sql.superuser().column(sql)).stream()
                        .filter(difference -> difference.contains(acme.orgId().toString()))
                        .toList());
    }
}
