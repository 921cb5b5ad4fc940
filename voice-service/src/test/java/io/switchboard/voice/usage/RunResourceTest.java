package io.switchboard.voice.usage;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.TestIssuer;
import io.switchboard.voice.People;
import io.switchboard.voice.VoiceProfile;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class RunResourceTest {
    private static final String CURRENT = "/api/usage/current-month";

    final Caller acme = Caller.adminOfNewOrg();
    Caller owner;
    String agent;

    @BeforeEach
    void createOwner() {
        owner = QuotaOwners.create(acme, "user", 1_000);
        agent = People.agent(owner);
    }

    private Response report(Caller caller, Map<String, ?> run) {
        return caller.post("/api/agents/" + agent + "/runs", run);
    }

    @Test
    void a_run_counts_against_the_owners_quota() {
        var run = report(owner, QuotaOwners.run(100));
        run.then()
                .log()
                .ifValidationFails()
                .statusCode(201)
                .header("Location", endsWith("/api/agents/" + agent + "/runs/" + run.path("id")))
                .body("agentId", is(agent))
                .body("ownerId", is(owner.id().toString()))
                .body("source", is("api"))
                .body("tokens", is(100))
                .body("durationSeconds", is(60))
                .body("cost", is(0.25f));
        report(acme, QuotaOwners.run(11)).then().statusCode(201);
        owner.get(CURRENT)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("month", is(LocalDate.now(ZoneOffset.UTC).toString().substring(0, 7)))
                .body("runs", is(2))
                .body("tokens", is(111))
                .body("seconds", is(120))
                .body("cost", is(0.5f))
                .body("monthlyTokenQuota", is(1_000))
                .body("resetsAt", is(nextMonth()));
        owner.get("/api/agents/" + agent + "/runs").then().body("items.tokens", contains(11, 100));
        owner.get("/api/agents/" + agent + "/runs/" + run.path("id")).then().body("tokens", is(100));
    }

    @Test
    void a_used_up_quota_is_429_until_the_next_month() {
        report(owner, QuotaOwners.run(999)).then().statusCode(201);
        report(owner, QuotaOwners.run(500)).then().statusCode(201);
        report(owner, QuotaOwners.run(0))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(429)
                .body("type", endsWith("quota_exceeded"))
                .body("resetsAt", is(nextMonth()))
                .header("Retry-After", not("0"))
                .header("RateLimit", startsWith("\"quota_exceeded\";r=0;t="));
        owner.get(CURRENT).then().body("tokens", is(1_499)).body("runs", is(2));
        QuotaOwners.push(owner, "user", 2_000, 2);
        report(owner, QuotaOwners.run(1)).then().statusCode(201);
    }

    @Test
    void of_40_runs_at_90_percent_exactly_one_crosses() {
        report(owner, QuotaOwners.run(900)).then().statusCode(201);
        var pool = Executors.newFixedThreadPool(40);
        var answers = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> report(owner, QuotaOwners.run(200)).statusCode(), pool))
                .toList();
        var statuses = answers.stream().map(CompletableFuture::join).toList();
        pool.shutdown();
        assertEquals(1, statuses.stream().filter(status -> status == 201).count(), statuses::toString);
        assertEquals(39, statuses.stream().filter(status -> status == 429).count(), statuses::toString);
        owner.get(CURRENT).then().body("tokens", is(1_100)).body("runs", is(2));
    }

    @Test
    void the_tokens_quota_counts_until_the_copy_arrives() {
        var claims = TestIssuer.claims(UUID.randomUUID().toString(), "user", "switchboard", all -> {
            all.put("org_id", acme.orgId().toString());
            all.put("tier", "free");
            all.put("max_agents", 3);
            all.put("monthly_token_quota", 50);
        });
        var fresh = Caller.with(
                acme.orgId(),
                UUID.fromString((String) claims.get("sub")),
                Caller.issuer().sign(claims));
        var own = People.agent(fresh);
        fresh.get(CURRENT).then().statusCode(200).body("monthlyTokenQuota", is(50));
        fresh.post("/api/agents/" + own + "/runs", QuotaOwners.run(50)).then().statusCode(201);
        fresh.post("/api/agents/" + own + "/runs", QuotaOwners.run(1)).then().statusCode(429);
    }

    @Test
    void a_conversation_is_one_run() {
        var run = Map.of("tokens", 1, "durationSeconds", 1, "cost", 0, "conversationId", UUID.randomUUID());
        report(owner, run).then().statusCode(201);
        report(owner, run).then().statusCode(409).body("type", endsWith("run_conversation_taken"));
        owner.get(CURRENT).then().body("runs", is(1));
    }

    @Test
    void a_repeated_run_counts_once() {
        var key = UUID.randomUUID().toString();
        var ids = new ArrayList<String>();
        for (int i = 0; i < 2; i++) {
            var answer = owner.request()
                    .header("Idempotency-Key", key)
                    .body(QuotaOwners.run(7))
                    .post("/api/agents/" + agent + "/runs");
            answer.then().statusCode(201);
            ids.add(answer.path("id"));
        }
        assertEquals(ids.get(0), ids.get(1));
        owner.get(CURRENT).then().body("tokens", is(7));
    }

    @Test
    void values_out_of_range_are_refused() {
        for (var field : Map.<String, Object>of("tokens", -1, "durationSeconds", 604_801, "cost", 1_000_001)
                .entrySet()) {
            var run = new HashMap<String, Object>(QuotaOwners.run(1));
            run.put(field.getKey(), field.getValue());
            report(owner, run).then().statusCode(422).body("errors.field", contains(field.getKey()));
        }
        report(owner, Map.of())
                .then()
                .statusCode(422)
                .body("errors.field", containsInAnyOrder("tokens", "durationSeconds", "cost"));
        report(owner, Map.of("tokens", 1, "durationSeconds", 1, "cost", 0.123456789))
                .then()
                .body("cost", is(0.123457f));
        owner.request()
                .body("{\"tokens\": 1, \"durationSeconds\": 1, \"cost\": 1e-30000000}")
                .post("/api/agents/" + agent + "/runs")
                .then()
                .statusCode(400);
    }

    @Test
    void others_neither_see_nor_use_an_agent() {
        report(owner, QuotaOwners.run(1)).then().statusCode(201);
        var other = QuotaOwners.create(acme, "user", 1_000);
        report(other, QuotaOwners.run(1)).then().statusCode(404);
        other.get("/api/agents/" + agent + "/runs").then().statusCode(404);
        other.get(CURRENT + "?userId=" + owner.id()).then().statusCode(404);
        other.get("/api/usage/daily?userId=" + owner.id()).then().body("items.tokens.sum()", is(0));
        Caller.adminOfNewOrg().get(CURRENT + "?userId=" + owner.id()).then().statusCode(404);
    }

    @Test
    void enterprise_and_admin_see_the_usage_of_others() {
        report(owner, QuotaOwners.run(5)).then().statusCode(201);
        var enterprise = QuotaOwners.create(acme, "enterprise", 1_000);
        report(enterprise, QuotaOwners.run(1)).then().statusCode(403);
        for (var caller : List.of(enterprise, acme)) {
            caller.get(CURRENT + "?userId=" + owner.id()).then().statusCode(200).body("tokens", is(5));
            caller.get("/api/agents/" + agent + "/runs").then().body("items", hasSize(1));
        }
        enterprise.get(CURRENT).then().statusCode(200).body("tokens", is(0));
        Caller.accessKey("admin", acme.orgId()).get(CURRENT).then().statusCode(404);
    }

    @Test
    void days_are_complete_and_bounded() {
        report(owner, QuotaOwners.run(5)).then().statusCode(201);
        var today = LocalDate.now(ZoneOffset.UTC);
        owner.get("/api/usage/daily")
                .then()
                .statusCode(200)
                .body("items", hasSize(30))
                .body("items[29].day", is(today.toString()))
                .body("items[29].tokens", is(5))
                .body("items[28].tokens", is(0))
                .body("nextCursor", nullValue());
        owner.get("/api/usage/daily?from=" + today + "&to=" + today).then().body("items", hasSize(1));
        owner.get("/api/usage/daily?from=2026-02-02&to=2026-02-01")
                .then()
                .statusCode(422)
                .body("errors.field", contains("to"));
        owner.get("/api/usage/daily?from=2020-01-01&to=2026-02-01").then().statusCode(422);
        owner.get("/api/usage/daily?from=yesterday").then().statusCode(400);
    }

    private static String nextMonth() {
        return OffsetDateTime.now(ZoneOffset.UTC)
                        .withDayOfMonth(1)
                        .plusMonths(1)
                        .toLocalDate() + "T00:00:00Z";
    }
}
