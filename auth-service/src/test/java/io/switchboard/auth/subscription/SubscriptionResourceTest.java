package io.switchboard.auth.subscription;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class SubscriptionResourceTest {
    final Caller operator = Person.operator();
    Person ada;

    @Inject
    Tiers tiers;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void new_users_have_the_free_tier_for_the_calendar_month() {
        var month =
                OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        var current = current(ada);
        current.then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("tier", is("free"))
                .body("status", is("active"))
                .body("maxAgents", is(3))
                .body("monthlyTokenQuota", is(100_000))
                .body("id", nullValue());
        assertEquals(month, time(current, "periodStart"));
        assertEquals(month.plusMonths(1), time(current, "periodEnd"));
        current(ada.invite("enterprise")).then().statusCode(200).body("tier", is("free"));
        current(ada.invite("customer")).then().statusCode(403);
    }

    @Test
    void an_ended_period_is_followed_by_the_current_one() {
        Sql.superuser()
                .run("update subscriptions set period_start = period_start - interval '3 months',"
                        + " period_end = period_end - interval '3 months' where user_id = '"
                        + ada.caller().id() + "'");
        var month =
                OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        assertEquals(month, time(current(ada), "periodStart"));
        assertEquals(month.plusMonths(1), time(current(ada), "periodEnd"));
    }

    @Test
    void a_tier_brings_its_limits_to_the_next_token_and_to_the_others() {
        revise(Map.of("tier", "pro"))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("tier", is("pro"))
                .body("maxAgents", is(25))
                .body("monthlyTokenQuota", is(5_000_000));
        String token = Person.post("/api/auth/refresh", Map.of("refreshToken", ada.refreshToken()))
                .path("accessToken");
        var claims = new JsonObject(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1])));
        assertEquals("pro", claims.getString("tier"));
        assertEquals(25, claims.getInteger("max_agents"));
        assertEquals(5_000_000, claims.getInteger("monthly_token_quota"));
        PeerRequests.await(2, "/internal/members/" + ada.caller().id(), call -> {
            var body = new JsonObject(call.getString("body"));
            return body.getString("subscriptionTier").equals("pro") && body.getInteger("maxAgents") == 25;
        });
        var change = AuditTrail.await(ada.caller().orgId(), "update", event -> event.getString("resourceType")
                .equals("subscriptions"));
        assertEquals(operator.id().toString(), change.getString("actorId"));
    }

    @Test
    void limits_are_the_tiers_unless_they_are_named() {
        revise(Map.of("tier", "enterprise", "maxAgents", 50))
                .then()
                .statusCode(200)
                .body("maxAgents", is(50))
                .body("monthlyTokenQuota", is(1_000_000_000));
        revise(Map.of("status", "past_due"))
                .then()
                .statusCode(200)
                .body("status", is("past_due"))
                .body("maxAgents", is(50));
        operator.request()
                .contentType("application/merge-patch+json")
                .body("{\"maxAgents\": null}")
                .patch(path(ada))
                .then()
                .statusCode(200)
                .body("maxAgents", is(1000));
        revise(Map.of("tier", "free")).then().body("monthlyTokenQuota", is(100_000));
        current(ada).then().body("status", is("past_due")).body("tier", is("free"));
    }

    @Test
    void an_invalid_subscription_is_refused() {
        revise(Map.of("tier", "gold")).then().statusCode(422).body("errors[0].field", is("tier"));
        revise(Map.of("status", "paused")).then().statusCode(422);
        revise(Map.of("maxAgents", -1)).then().statusCode(422);
        revise(Map.of("periodEnd", "2030-01-01")).then().statusCode(400);
        ada.caller().patch(path(ada), Map.of("tier", "pro")).then().statusCode(403);
        operator.patch("/api/subscriptions/" + UUID.randomUUID(), Map.of("tier", "pro"))
                .then()
                .statusCode(404)
                .body("type", endsWith("user_not_found"));
        var tag = current(ada).header("ETag");
        revise(Map.of("tier", "pro")).then().statusCode(200);
        operator.request()
                .header("If-Match", tag)
                .contentType("application/merge-patch+json")
                .body(Map.of("tier", "free"))
                .patch(path(ada))
                .then()
                .statusCode(412);
    }

    @Test
    void tiers_allow_what_the_configuration_says() {
        tiers.write(Tuple.of("pro", 30, 6_000_000L)).await().indefinitely();
        try {
            revise(Map.of("tier", "pro")).then().body("maxAgents", is(30)).body("monthlyTokenQuota", is(6_000_000));
        } finally {
            tiers.write(Tuple.of("pro", 25, 5_000_000L)).await().indefinitely();
        }
    }

    Response revise(Map<String, ?> patch) {
        return operator.patch(path(ada), patch);
    }

    static Response current(Person person) {
        return person.caller().get("/api/subscriptions/current");
    }

    static OffsetDateTime time(Response answer, String field) {
        return OffsetDateTime.parse(answer.<String>path(field));
    }

    static String path(Person person) {
        return "/api/subscriptions/" + person.caller().id();
    }
}
