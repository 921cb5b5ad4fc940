package io.switchboard.auth.accesskey;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class AccessKeyResourceTest {
    static final String KEYS = "/api/access-keys";
    static final Map<String, String> NIGHTLY = Map.of("name", "Nightly export", "role", "agent");

    Person acme;

    @BeforeEach
    void signUp() {
        acme = Person.signUp();
    }

    @Test
    void a_key_is_shown_once_and_listed_without_its_secret() {
        var created = acme.caller().post(KEYS, NIGHTLY);
        created.then()
                .log()
                .ifValidationFails()
                .statusCode(201)
                .header("Location", endsWith(KEYS + "/" + created.path("id")))
                .body("name", is("Nightly export"))
                .body("role", is("agent"))
                .body("key", is(created.path("clientId") + "." + created.path("clientSecret")))
                .body("createdAt", notNullValue())
                .body(
                        "expiresAt",
                        startsWith(OffsetDateTime.now(ZoneOffset.UTC)
                                .plusYears(1)
                                .toLocalDate()
                                .toString()))
                .body("", hasKey("lastUsedAt"));
        acme.caller()
                .get(KEYS)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", is(created.<String>path("id")))
                .body("items[0].clientId", is(created.<String>path("clientId")))
                .body("items[0]", not(hasKey("clientSecret")))
                .body("items[0]", not(hasKey("key")))
                .body("nextCursor", nullValue());
        String secret = created.path("clientSecret");
        AuditTrail.await(1, acme.caller().orgId(), "create");
        var rows = Sql.superuser()
                .column("select k::text || coalesce((select string_agg(o.event::text, '') from outbox o), '')"
                        + " from access_keys k where id = '" + created.path("id") + "'");
        assertFalse(rows.toString().contains(secret));
    }

    @Test
    void a_key_is_for_a_role_of_the_organization_and_for_the_future() {
        for (var role : new String[] {"customer", "platform_admin", "service", "client", ""}) {
            acme.caller()
                    .post(KEYS, Map.of("name", "x", "role", role))
                    .then()
                    .statusCode(422)
                    .body("errors[0].field", is("role"));
        }
        for (var expiry : new String[] {"2020-01-01T00:00:00Z", in(368).toString(), "2099-01-01T00:00:00Z"}) {
            acme.caller()
                    .post(KEYS, Map.of("name", "x", "role", "user", "expiresAt", expiry))
                    .then()
                    .statusCode(422)
                    .body("errors[0].field", is("expiresAt"));
        }
        acme.caller()
                .post(KEYS, Map.of("name", "x", "role", "user", "expiresAt", "+10000-01-01T00:00:00Z"))
                .then()
                .statusCode(400);
        var expiry = in(364).truncatedTo(ChronoUnit.SECONDS).toString();
        acme.caller()
                .post(KEYS, Map.of("name", "x", "role", "user", "expiresAt", expiry))
                .then()
                .statusCode(201)
                .body("expiresAt", is(expiry));
        acme.caller()
                .post(KEYS, Map.of("name", "x", "role", "user", "orgId", "x"))
                .then()
                .statusCode(400);
    }

    @Test
    void a_repeated_creation_answers_the_same_key_again() {
        var key = UUID.randomUUID().toString();
        var first = acme.caller()
                .request()
                .header("Idempotency-Key", key)
                .body(NIGHTLY)
                .post(KEYS);
        var again = acme.caller()
                .request()
                .header("Idempotency-Key", key)
                .body(NIGHTLY)
                .post(KEYS);
        again.then().statusCode(201).body("key", is(first.<String>path("key")));
        acme.caller().get(KEYS).then().body("items", hasSize(1));
        String secret = first.path("clientSecret");
        var kept = Sql.superuser().column("select encode(answer, 'escape') from idempotency_keys");
        assertFalse(kept.toString().contains(secret), "sealed");
    }

    @Test
    void keys_are_paged_newest_first_and_stay_revoked() {
        String older = acme.caller().post(KEYS, NIGHTLY).path("id");
        String newer = acme.caller().post(KEYS, NIGHTLY).path("id");
        var page = acme.caller().get(KEYS + "?limit=1");
        page.then().body("items.id", contains(newer));
        acme.caller()
                .get(KEYS + "?limit=1&cursor=" + page.path("nextCursor"))
                .then()
                .body("items.id", contains(older))
                .body("nextCursor", nullValue());
        acme.caller().delete(KEYS + "/" + newer).then().statusCode(204);
        acme.caller().delete(KEYS + "/" + newer).then().statusCode(404).body("type", endsWith("access_key_not_found"));
        acme.caller().get(KEYS).then().body("items.id", contains(older));
    }

    @Test
    void another_organization_neither_sees_nor_revokes_it() {
        String id = acme.caller().post(KEYS, NIGHTLY).path("id");
        var stranger = Person.signUp().caller();
        stranger.delete(KEYS + "/" + id).then().statusCode(404);
        stranger.get(KEYS).then().body("items", hasSize(0));
        acme.invite("agent").caller().get(KEYS).then().statusCode(403);
        assertEquals(1, acme.caller().get(KEYS).<Integer>path("items.size()"));
    }

    static OffsetDateTime in(int days) {
        return OffsetDateTime.now(ZoneOffset.UTC).plusDays(days);
    }
}
