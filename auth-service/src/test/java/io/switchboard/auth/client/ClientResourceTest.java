package io.switchboard.auth.client;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.auth.pin.PinSignIn;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class ClientResourceTest {
    static final Map<String, String> GLOBEX = Map.of("companyName", "Globex", "contactEmail", "it@globex.example");
    Person acme;

    @BeforeEach
    void signUp() {
        acme = Person.signUp();
    }

    @Test
    void a_client_gets_a_pin_that_is_shown_once() {
        var created = acme.caller().post("/api/clients", GLOBEX);
        created.then()
                .log()
                .ifValidationFails()
                .statusCode(201)
                .header("Location", endsWith("/api/clients/" + created.path("id")))
                .body("pin", matchesPattern("[0-9]{8}"))
                .body("companyName", is("Globex"))
                .body("isActive", is(true));
        acme.caller()
                .get("/api/clients/" + created.path("id"))
                .then()
                .statusCode(200)
                .header("ETag", created.header("ETag"))
                .body("pin", nullValue())
                .body("pinHash", nullValue())
                .body("isActive", is(true));
    }

    @Test
    void a_chosen_pin_is_not_repeated_in_the_answer_and_not_trivial() {
        acme.caller()
                .post("/api/clients", with("pin", PinSignIn.unusedPin()))
                .then()
                .statusCode(201)
                .body("pin", nullValue());
        acme.caller()
                .post("/api/clients", with("pin", "12345678"))
                .then()
                .statusCode(422)
                .body("errors[0].field", is("pin"));
        acme.caller().post("/api/clients", with("pin", "12ab5678")).then().statusCode(422);
        acme.caller().post("/api/clients", with("isActive", "false")).then().statusCode(400);
    }

    @Test
    void after_five_taken_pins_only_generated_ones_are_given() {
        var globex = Person.signUp();
        for (int i = 0; i < 5; i++) {
            var pin = PinSignIn.unusedPin();
            globex.caller().post("/api/clients", with("pin", pin)).then().statusCode(201);
            acme.caller()
                    .post("/api/clients", with("pin", pin))
                    .then()
                    .statusCode(409)
                    .body("type", endsWith("client_pin_taken"));
        }
        var refused = acme.caller().post("/api/clients", with("pin", PinSignIn.unusedPin()));
        refused.then().statusCode(429).body("type", endsWith("pin_must_be_generated"));
        assertTrue(Integer.parseInt(refused.header("Retry-After")) > 80_000);
        acme.caller().post("/api/clients", GLOBEX).then().statusCode(201);
        assertEquals(5, AuditTrail.await(5, acme.caller().orgId(), "choose_pin").size());
    }

    @Test
    void a_client_is_changed_listed_and_deleted() {
        var client = acme.addClient();
        var path = "/api/clients/" + client.get("id");
        acme.caller()
                .patch(path, Map.of("companyName", "Globex AG"))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("companyName", is("Globex AG"))
                .header("ETag", "\"1\"");
        acme.caller()
                .request()
                .header("If-Match", "\"0\"")
                .contentType("application/merge-patch+json")
                .body(Map.of("companyName", "Late"))
                .patch(path)
                .then()
                .statusCode(412);
        acme.caller().patch(path, Map.of("pin", "48192637")).then().statusCode(400);
        acme.addClient();
        var page = acme.caller().get("/api/clients?limit=1");
        page.then().statusCode(200).body("items", hasSize(1));
        acme.caller()
                .get("/api/clients?limit=1&cursor=" + page.path("nextCursor"))
                .then()
                .statusCode(200)
                .body("items[0].id", is(client.get("id")))
                .body("nextCursor", nullValue());
        acme.caller().delete(path).then().statusCode(204);
        acme.caller().get(path).then().statusCode(404);
        PinSignIn.logIn(client.get("pin"), null).then().statusCode(401);
    }

    @Test
    void another_organization_finds_nothing_of_it() {
        var path = "/api/clients/" + acme.addClient().get("id");
        var stranger = Person.signUp().caller();
        stranger.get(path).then().statusCode(404);
        stranger.patch(path, Map.of("companyName", "Mine")).then().statusCode(404);
        stranger.post(path + "/pin", Map.of()).then().statusCode(404).body("type", endsWith("client_not_found"));
        stranger.post(path + "/pin", Map.of("pin", PinSignIn.unusedPin()))
                .then()
                .statusCode(404);
        stranger.delete(path).then().statusCode(404);
        stranger.get("/api/clients").then().statusCode(200).body("items", hasSize(0));
        acme.invite("agent").caller().get(path).then().statusCode(403);
    }

    @Test
    void a_repeated_creation_answers_the_first_client_and_pin() {
        var key = UUID.randomUUID().toString();
        var first = acme.caller()
                .request()
                .header("Idempotency-Key", key)
                .body(GLOBEX)
                .post("/api/clients");
        var again = acme.caller()
                .request()
                .header("Idempotency-Key", key)
                .body(GLOBEX)
                .post("/api/clients");
        first.then().statusCode(201);
        again.then()
                .statusCode(201)
                .body("id", is(first.<String>path("id")))
                .body("pin", is(first.<String>path("pin")))
                .header("Location", is(first.header("Location")));
        acme.caller()
                .request()
                .header("Idempotency-Key", key)
                .body(with("pin", PinSignIn.unusedPin()))
                .post("/api/clients")
                .then()
                .statusCode(422);
        acme.caller().get("/api/clients").then().body("items", hasSize(1));
    }

    @Test
    void a_new_pin_replaces_the_old_one_and_ends_the_sessions() {
        var client = acme.addClient();
        String session = PinSignIn.logIn(client.get("pin"), null).path("sessionToken");
        var given = acme.caller().post("/api/clients/" + client.get("id") + "/pin", Map.of());
        given.then().log().ifValidationFails().statusCode(200).body("pin", matchesPattern("[0-9]{8}"));
        PinSignIn.session(session).get("/api/auth/session").then().statusCode(401);
        PinSignIn.logIn(client.get("pin"), null).then().statusCode(401);
        PinSignIn.logIn(given.path("pin"), null).then().statusCode(200);
        var chosen = PinSignIn.unusedPin();
        acme.caller()
                .post("/api/clients/" + client.get("id") + "/pin", Map.of("pin", chosen))
                .then()
                .statusCode(200)
                .body("pin", is(chosen));
        acme.caller()
                .post("/api/clients/" + client.get("id") + "/pin", Map.of("pin", chosen))
                .then()
                .statusCode(200);
        PinSignIn.logIn(chosen, null).then().statusCode(200);
    }

    @Test
    void clients_are_deleted_at_the_same_time() {
        var ids = new ConcurrentLinkedQueue<String>();
        for (int i = 0; i < 8; i++) {
            ids.add(acme.addClient().get("id"));
        }
        var answers = Parallel.times(
                8, () -> acme.caller().delete("/api/clients/" + ids.remove()).statusCode());
        assertEquals(Collections.nCopies(8, 204), answers);
    }

    @Test
    void reading_clients_writes_nothing() {
        var path = "/api/clients/" + acme.addClient().get("id");
        var before = updates();
        for (int i = 0; i < 20; i++) {
            // Hibernate loads the entity for the patch, and finds nothing to write.
            acme.caller().patch(path, Map.of()).then().statusCode(200).header("ETag", "\"0\"");
            acme.caller().get(path).then().statusCode(200);
        }
        assertEquals(before, updates());
    }

    static long updates() {
        return Long.parseLong(Sql.superuser()
                .column("select n_tup_upd from pg_stat_user_tables"
                        + " where schemaname = 'auth' and relname = 'clients'")
                .get(0));
    }

    static Map<String, String> with(String field, String value) {
        return Map.of("companyName", "Globex", "contactEmail", "it@globex.example", field, value);
    }
}
