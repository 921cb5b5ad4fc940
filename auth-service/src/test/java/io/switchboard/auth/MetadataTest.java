package io.switchboard.auth;

import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers keep with their user and their organization, as free JSON, stays small. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class MetadataTest {
    Person acme;

    @BeforeEach
    void signUp() {
        acme = Person.signUp();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/me", "/api/organization"})
    void numbers_that_would_grow_where_they_are_stored_are_refused(String path) {
        refused(path, "{\"n\": [" + "1e308,".repeat(150_000) + "1]}");
        refused(path, "{\"n\": 1e308}");
        refused(path, "{\"n\": 1e400}");
        refused(path, "{\"n\": " + "9".repeat(900) + "}");
        acme.caller().get(path).then().body("metadata", anEmptyMap()).header("ETag", is("\"0\""));
        kept(path, "{\"n\": [1e30, 0.25, -7]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/me", "/api/organization"})
    void patches_do_not_pile_up(String path) {
        kept(path, "{\"a\": \"" + "x".repeat(9_000) + "\"}");
        refused(path, "{\"b\": \"" + "y".repeat(9_000) + "\"}");
        acme.caller().get(path).then().body("metadata.b", nullValue());
        kept(path, "{\"a\": null, \"b\": \"" + "y".repeat(9_000) + "\"}");
        refused(path, "{\"c\": " + "[".repeat(20) + "]".repeat(20) + "}");
    }

    /** Rows may be longer from before there was a bound. */
    @Test
    void who_keeps_too_much_already_signs_in_and_can_clear_it() {
        var id = acme.caller().id();
        Sql.superuser().run("alter table users disable trigger user");
        Sql.superuser()
                .run("update users set metadata = jsonb_build_object('a', repeat('x', 60000)) where id = '" + id + "'");
        Sql.superuser().run("alter table users enable trigger user");
        acme.logIn(Person.PASSWORD, Map.of()).then().statusCode(200);
        refused("/api/me", "{\"b\": 1}");
        var cleared = new HashMap<String, Object>(Collections.singletonMap("metadata", null));
        acme.caller().patch("/api/me", cleared).then().statusCode(200).body("metadata", anEmptyMap());
    }

    @Test
    void the_database_holds_more_off_by_itself() {
        for (var table : new String[] {"users", "organizations"}) {
            var grow = "update " + table + " set metadata = jsonb_build_object('a', repeat('x', %d))";
            assertEquals(1, acme.sql().run(grow.formatted(30_000)));
            assertThrows(SqlRefusal.class, () -> acme.sql().run(grow.formatted(40_000)));
        }
    }

    void kept(String path, String metadata) {
        acme.caller().patch(path, "{\"metadata\": " + metadata + "}").then().statusCode(200);
    }

    void refused(String path, String metadata) {
        acme.caller()
                .patch(path, "{\"metadata\": " + metadata + "}")
                .then()
                .statusCode(422)
                .body("type", endsWith(":invalid"))
                .body("errors.field", contains("metadata"));
    }
}
