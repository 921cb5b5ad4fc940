package io.switchboard.voice.subscription;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.SealedRows;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.VoiceProfile;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class WebhookSubscriptionTest {
    private static final String PATH = Subscribed.PATH;
    private static final Map<String, ?> FORM = form(Subscribed.URL, "contact.created", "call.ended");

    private final Caller acme = Caller.adminOfNewOrg();

    @Test
    void a_secret_is_shown_once_and_stored_sealed() {
        var made = acme.post(PATH, FORM);
        String id = made.path("id");
        String secret = made.path("secret");
        made.then()
                .statusCode(201)
                .header("Location", is(PATH + "/" + id))
                .header("ETag", is("\"0\""))
                .body("secret", startsWith("whsec_"))
                .body("status", is("active"))
                .body("events", contains("contact.created", "call.ended"))
                .body("createdAt", notNullValue());
        assertEquals(32, key(secret).length);
        for (var path : List.of(PATH + "/" + id, PATH, PATH + "/" + id + "/deliveries")) {
            acme.get(path).then().statusCode(200).body(not(containsString("secret")), not(containsString("whsec")));
        }
        acme.get(PATH + "/" + id)
                .then()
                .body("url", is(Subscribed.URL))
                .body("failingSince", nullValue())
                .body("disabledReason", nullValue());
        acme.get(PATH).then().body("items.id", contains(id));
        assertEquals(List.of(secret), clear("secret"));
        var stored = Sql.superuser()
                .value("select encode(secret, 'escape') from webhook_subscriptions where id = '" + id + "'");
        assertFalse(stored.contains(secret));
    }

    @Test
    void the_same_key_answers_with_the_same_secret() {
        var first = acme.request().header("Idempotency-Key", "k1").body(FORM).post(PATH);
        var again = acme.request().header("Idempotency-Key", "k1").body(FORM).post(PATH);
        assertEquals(first.<String>path("secret"), again.path("secret"));
        acme.get(PATH).then().body("items.size()", is(1));
        var kept = Sql.superuser()
                .value("select encode(answer, 'escape') from idempotency_keys where org_id = '" + acme.orgId() + "'");
        assertFalse(kept.contains("whsec"), "sealed");
    }

    @Test
    void what_does_not_fit_is_refused() {
        refused("events", form(Subscribed.URL, "contact.deleted"));
        refused("events", form(Subscribed.URL, "subscription.test"));
        refused("events", form(Subscribed.URL));
        refused("events", form(Subscribed.URL, "call.ended", "call.ended"));
        refused("events", Map.of("url", Subscribed.URL));
        refused("url", Map.of("events", List.of("call.ended")));
        refused("url", form(" ", "call.ended"));
        refused("description", with("description", "x".repeat(501)));
        acme.post(PATH, with("secret", "whsec_x")).then().statusCode(400).body("errors.field", contains("secret"));
        for (var role : List.of("agent", "user", "enterprise", "client")) {
            acme.colleague(role).post(PATH, FORM).then().statusCode(403);
        }
        acme.get(PATH).then().body("items.size()", is(0));
    }

    @Test
    void a_url_that_does_not_lead_out_is_refused() {
        String id = acme.post(PATH, FORM).path("id");
        for (var url : List.of(
                "http://127.0.0.1/hook",
                "https://10.0.0.7/",
                "https://[::1]/",
                "https://169.254.169.254/latest/meta-data",
                "http://2130706433/",
                "https://localhost/",
                "https://intranet/",
                "https://hooks.example.com:8443/",
                "https://user:secret@hooks.example.com/",
                "ftp://hooks.example.com/",
                "javascript:alert(1)")) {
            refused("url", form(url, "call.ended"));
            acme.patch(PATH + "/" + id, Map.of("url", url))
                    .then()
                    .statusCode(422)
                    .body("errors.field", contains("url"));
        }
        acme.get(PATH + "/" + id).then().body("url", is(Subscribed.URL));
    }

    @Test
    void an_organization_has_twenty_subscriptions_at_most() {
        for (int i = 0; i < 20; i++) {
            acme.post(PATH, FORM).then().statusCode(201);
        }
        acme.post(PATH, FORM).then().statusCode(409).body("type", endsWith("webhook_subscription_limit"));
        String some = acme.get(PATH).path("items[0].id");
        acme.delete(PATH + "/" + some).then().statusCode(204);
        acme.post(PATH, FORM).then().statusCode(201);
    }

    @Test
    void a_subscription_is_changed_as_far_as_the_patch_says() {
        String id = acme.post(PATH, with("description", "ERP")).path("id");
        acme.patch(PATH + "/" + id, Map.of("events", List.of("contact.erased")))
                .then()
                .statusCode(200)
                .header("ETag", is("\"1\""))
                .body("events", contains("contact.erased"))
                .body("description", is("ERP"))
                .body("url", is(Subscribed.URL));
        acme.patch(PATH + "/" + id, Collections.singletonMap("description", null))
                .then()
                .body("description", nullValue());
        for (var wrong : List.of(
                Map.of("events", List.of()),
                Map.of("events", List.of("x")),
                Collections.singletonMap("status", null),
                Collections.singletonMap("url", null))) {
            acme.patch(PATH + "/" + id, wrong).then().statusCode(422);
        }
        acme.patch(PATH + "/" + id, Map.of("status", "asleep")).then().statusCode(400);
        acme.patch(PATH + "/" + id, Map.of("failingSince", "2026-06-01T00:00:00Z"))
                .then()
                .statusCode(400);
        acme.request()
                .header("If-Match", "\"0\"")
                .contentType("application/merge-patch+json")
                .body(Map.of("status", "disabled"))
                .patch(PATH + "/" + id)
                .then()
                .statusCode(412);
    }

    @Test
    void enabled_again_a_subscription_has_a_clean_record() {
        String id = acme.post(PATH, FORM).path("id");
        Sql.superuser()
                .run(
                        "update webhook_subscriptions set status = 'disabled', disabled_reason = 'the receiver answered 410',"
                                + " failing_since = now() where id = '" + id + "'");
        acme.get(PATH + "/" + id)
                .then()
                .body("status", is("disabled"))
                .body("disabledReason", is("the receiver answered 410"))
                .body("failingSince", notNullValue());
        acme.patch(PATH + "/" + id, Map.of("status", "active"))
                .then()
                .statusCode(200)
                .body("status", is("active"))
                .body("disabledReason", nullValue())
                .body("failingSince", nullValue());
    }

    @Test
    void the_old_secret_signs_too_for_a_day() {
        var made = acme.post(PATH, FORM);
        String first = made.path("secret");
        var rotated = acme.post(PATH + "/" + made.path("id") + "/rotate", Map.of());
        rotated.then().statusCode(200).body("previousValidUntil", notNullValue());
        String second = rotated.path("secret");
        assertNotEquals(first, second);
        assertEquals(32, key(second).length);
        assertEquals(List.of(second), clear("secret"));
        assertEquals(List.of(first), clear("previous_secret"));
        acme.get(PATH + "/" + made.path("id")).then().body("previousValidUntil", notNullValue());
        assertEquals(
                "t",
                Sql.superuser()
                        .value(
                                "select previous_valid_until between now() + interval '23 hours' and now() + interval '25 hours'"
                                        + " from webhook_subscriptions where org_id = '" + acme.orgId() + "'"));
    }

    @Test
    void a_switched_off_admin_changes_nothing() {
        String id = acme.post(PATH, FORM).path("id");
        var member =
                Map.of("name", "Ada", "email", "ada@example.com", "role", "admin", "isActive", false, "version", 1);
        Caller.service("auth-service", acme.orgId())
                .put("/internal/members/" + acme.id(), member)
                .then()
                .statusCode(204);
        acme.post(PATH, FORM).then().statusCode(401);
        acme.post(PATH + "/" + id + "/rotate", Map.of()).then().statusCode(401);
        acme.post(PATH + "/" + id + "/test", Map.of()).then().statusCode(401);
        acme.delete(PATH + "/" + id).then().statusCode(401);
        acme.get(PATH + "/" + id).then().statusCode(200);
    }

    @Test
    void another_organization_s_subscription_is_not_there() {
        String id = acme.post(PATH, FORM).path("id");
        var globex = Caller.adminOfNewOrg();
        globex.get(PATH).then().body("items.size()", is(0));
        globex.get(PATH + "/" + id).then().statusCode(404);
        globex.get(PATH + "/" + id + "/deliveries").then().statusCode(404);
        globex.patch(PATH + "/" + id, Map.of("status", "disabled")).then().statusCode(404);
        globex.post(PATH + "/" + id + "/rotate", Map.of()).then().statusCode(404);
        globex.post(PATH + "/" + id + "/test", Map.of()).then().statusCode(404);
        globex.delete(PATH + "/" + id).then().statusCode(404);
        acme.delete(PATH + "/" + id).then().statusCode(204);
        acme.get(PATH + "/" + id).then().statusCode(404);
    }

    private void refused(String field, Map<String, ?> form) {
        acme.post(PATH, form).then().statusCode(422).body("errors.field", contains(field));
    }

    /** What is stored of the organization, opened. */
    private List<String> clear(String column) {
        return new SealedRows("webhook_subscriptions", column, "org_id", "id", "org_id = '" + acme.orgId() + "'")
                .openByAllKeys().stream()
                        .map(hex -> new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8))
                        .toList();
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.substring("whsec_".length()));
    }

    private static Map<String, ?> form(String url, String... events) {
        return Map.of("url", url, "events", List.of(events));
    }

    private static Map<String, ?> with(String field, Object value) {
        var form = new HashMap<String, Object>(FORM);
        form.put(field, value);
        return form;
    }
}
