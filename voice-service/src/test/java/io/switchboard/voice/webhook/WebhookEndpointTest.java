package io.switchboard.voice.webhook;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class WebhookEndpointTest {
    private static final String ENDPOINTS = "/api/webhook-endpoints";

    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @Test
    void an_endpoint_is_made_with_a_secret_that_is_shown_once() {
        var made = acme.post(ENDPOINTS, Map.of("provider", "vapi", "label", "Front desk"));
        String id = made.path("id");
        made.then()
                .statusCode(201)
                .header("Location", is(ENDPOINTS + "/" + id))
                .header("ETag", is("\"0\""))
                .body("url", is("http://127.0.0.1:8083/webhooks/vapi/" + id))
                .body("createdAt", notNullValue());
        assertEquals(32, Base64.getUrlDecoder().decode(made.<String>path("secret")).length);
        for (var path : List.of(ENDPOINTS + "/" + id, ENDPOINTS)) {
            acme.get(path).then().statusCode(200).body(not(containsString("secret")));
        }
        acme.get(ENDPOINTS).then().body("items.id", contains(id)).body("items.label", contains("Front desk"));
        var stored = Sql.superuser()
                .column("select encode(secret, 'escape') from webhook_endpoints where id = '" + id + "'");
        assertTrue(!stored.get(0).contains(made.<String>path("secret")), "sealed");
    }

    @Test
    void a_label_has_something_to_see() {
        String id = acme.post(ENDPOINTS, Map.of("provider", "vapi", "label", "Front desk"))
                .path("id");
        for (var unseen : List.of("", "\t", "\u3000", "\u200b")) {
            for (var answer : List.of(
                    acme.post(ENDPOINTS, Map.of("provider", "vapi", "label", unseen)),
                    acme.patch(ENDPOINTS + "/" + id, Map.of("label", unseen)))) {
                answer.then().statusCode(422).body("errors.field", contains("label"));
            }
        }
    }

    @Test
    void a_switched_off_or_demoted_admin_gets_no_secret() {
        var form = Map.of("provider", "vapi", "label", "Front desk");
        String id = acme.post(ENDPOINTS, form).path("id");
        pushed("agent", true, 1);
        acme.post(ENDPOINTS, form).then().statusCode(401);
        pushed("admin", false, 2);
        acme.post(ENDPOINTS + "/" + id + "/rotate", Map.of()).then().statusCode(401);
        acme.get(ENDPOINTS + "/" + id).then().statusCode(200);
        pushed("admin", true, 3);
        acme.post(ENDPOINTS + "/" + id + "/rotate", Map.of()).then().statusCode(200);
    }

    /** What auth-service tells of the admin. */
    void pushed(String role, boolean isActive, int version) {
        var member = Map.of(
                "name", "Ada", "email", "ada@example.com", "role", role, "isActive", isActive, "version", version);
        Caller.service("auth-service", acme.orgId())
                .put("/internal/members/" + acme.id(), member)
                .then()
                .statusCode(204);
    }

    @Test
    void a_secret_may_be_the_provider_s_own() {
        var form = Map.of("provider", "twilio", "label", "Main line", "secret", "0123456789abcdef");
        var made = acme.post(ENDPOINTS, form);
        made.then().statusCode(201).body("secret", is("0123456789abcdef"));
        var front = new Front(made.path("id"), "twilio", made.path("url"), "0123456789abcdef");
        front.twilio(call.twilio("ringing", 0)).then().statusCode(200);
    }

    @Test
    void a_body_that_is_no_json_is_no_secret() {
        String id =
                acme.post(ENDPOINTS, Map.of("provider", "vapi", "label", "x")).path("id");
        for (var type : List.of("text/plain", "text/html", "garbage")) {
            given().header("Authorization", "Bearer " + acme.token())
                    .header("Content-Type", type)
                    .body("abcdefghijkl".getBytes())
                    .post(ENDPOINTS + "/" + id + "/rotate")
                    .then()
                    .statusCode(415)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void what_does_not_fit_is_refused() {
        acme.post(ENDPOINTS, Map.of("provider", "acme", "label", "x"))
                .then()
                .statusCode(422)
                .body("errors.field", contains("provider"));
        acme.post(ENDPOINTS, Map.of("provider", "vapi")).then().statusCode(422).body("errors.field", contains("label"));
        acme.post(ENDPOINTS, Map.of("provider", "vapi", "label", "x", "secret", "short"))
                .then()
                .statusCode(422);
        acme.post(ENDPOINTS, Map.of("provider", "vapi", "label", "x", "orgId", UUID.randomUUID()))
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("orgId"));
        acme.post(ENDPOINTS, Map.of("provider", "vapi", "label", "x".repeat(1_100_000)))
                .then()
                .statusCode(413)
                .contentType("application/problem+json");
        acme.colleague("agent").get(ENDPOINTS).then().statusCode(403);
    }

    @Test
    void the_same_key_answers_with_the_same_secret() {
        var form = Map.of("provider", "vapi", "label", "x");
        var first = acme.request().header("Idempotency-Key", "k1").body(form).post(ENDPOINTS);
        var again = acme.request().header("Idempotency-Key", "k1").body(form).post(ENDPOINTS);
        assertEquals(first.<String>path("secret"), again.path("secret"));
        assertEquals(1, acme.get(ENDPOINTS).<List<?>>path("items").size());
    }

    @Test
    void a_label_is_changed_and_nothing_else() {
        var path = ENDPOINTS + "/" + Front.of(acme, "vapi").id();
        acme.patch(path, Map.of("label", "Back office"))
                .then()
                .statusCode(200)
                .header("ETag", is("\"1\""))
                .body("label", is("Back office"));
        acme.patch(path, Map.of("provider", "twilio")).then().statusCode(400);
        acme.patch(path, "{\"label\": null}").then().statusCode(422);
        acme.request()
                .header("If-Match", "\"0\"")
                .body(Map.of("label", "x"))
                .patch(path)
                .then()
                .statusCode(412);
    }

    @Test
    void reading_an_endpoint_writes_nothing() {
        var id = Front.of(acme, "vapi").id();
        var where = "select ctid || ' ' || xmin from webhook_endpoints where id = '" + id + "'";
        var before = Sql.superuser().column(where);
        for (int times = 0; times < 20; times++) {
            acme.patch(ENDPOINTS + "/" + id, Map.of()).then().statusCode(200).header("ETag", is("\"0\""));
        }
        assertEquals(before, Sql.superuser().column(where), "the row as it was, not another version of it");
    }

    @Test
    void after_a_rotation_the_old_secret_verifies_for_a_while() {
        var old = Front.of(acme, "vapi");
        old.vapi(call.vapi("hang")).then().statusCode(200);
        var next = rotated(old);
        assertNotEquals(old.secret(), next.secret());
        next.vapi(call.vapi("user-interrupted")).then().statusCode(200);
        old.vapi(call.vapi("model-output")).then().statusCode(200);
        acme.get(ENDPOINTS + "/" + old.id()).then().body("previousValidUntil", notNullValue());

        var last = rotated(next);
        last.vapi(call.vapi("transfer-update")).then().statusCode(200);
        next.vapi(call.vapi("speech-update")).then().statusCode(200);
        old.vapi(call.vapi("transcript-final")).then().statusCode(401);

        Sql.superuser()
                .run("update webhook_endpoints set previous_valid_until = now() - interval '1 s' where id = '"
                        + old.id() + "'");
        acme.post(
                ENDPOINTS + "/" + Front.of(acme, "vapi").id() + "/rotate",
                ""); // whoever is told of a change looks again
        await().untilAsserted(() -> next.vapi(call.vapi("hang")).then().statusCode(401));
        last.vapi(call.vapi("status-update-ended")).then().statusCode(200);
    }

    @Test
    void a_deleted_endpoint_takes_no_deliveries_and_its_events_remain() {
        var front = Front.of(acme, "vapi");
        front.vapi(call.vapi("hang")).then().statusCode(200);
        acme.delete(ENDPOINTS + "/" + front.id()).then().statusCode(204);
        front.vapi(call.vapi("user-interrupted")).then().statusCode(401);
        acme.get(ENDPOINTS + "/" + front.id()).then().statusCode(404);
        acme.get("/api/webhook-events").then().body("items.type", contains("hang"));
    }

    private Front rotated(Front front) {
        var rotated = acme.post(ENDPOINTS + "/" + front.id() + "/rotate", Map.of());
        rotated.then().statusCode(200).body("previousValidUntil", notNullValue());
        return front.with(rotated.path("secret"));
    }
}
