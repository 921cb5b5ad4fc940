package io.switchboard.auth;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loading an entity and finding nothing to change writes no row; a row's xmin is the transaction that wrote it last. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class UnneededUpdatesTest {
    private static final Map<String, Object> METADATA = Map.of("b", 1, "a", Map.of("nested", "x"), "half", 0.5);

    final Caller operator = Person.operator();
    Person ada;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void an_empty_patch_of_a_user_writes_nothing() {
        var id = ada.caller().id();
        ada.caller().patch("/api/me", Map.of("metadata", METADATA)).then().statusCode(200);
        var written = written("users", id);
        ada.caller().patch("/api/me", Map.of()).then().statusCode(200).header("ETag", is("\"1\""));
        ada.caller().patch("/api/me", Map.of("metadata", METADATA)).then().statusCode(200);
        operator.patch("/api/users/" + id, Map.of("role", "admin")).then().statusCode(200);
        assertEquals(written, written("users", id));
        ada.caller().patch("/api/me", Map.of("fullName", "Ada King")).then().statusCode(200);
        assertNotEquals(written, written("users", id));
    }

    @Test
    void an_empty_patch_of_an_organization_writes_nothing() {
        var id = ada.caller().orgId();
        ada.caller()
                .patch("/api/organization", Map.of("metadata", METADATA))
                .then()
                .statusCode(200);
        var written = written("organizations", id);
        ada.caller().patch("/api/organization", Map.of()).then().statusCode(200).header("ETag", is("\"1\""));
        ada.caller()
                .patch("/api/organization", Map.of("metadata", METADATA))
                .then()
                .statusCode(200);
        operator.patch("/api/organizations/" + id, Map.of("status", "active"))
                .then()
                .statusCode(200);
        assertEquals(written, written("organizations", id));
        operator.patch("/api/organizations/" + id, Map.of("name", "Analytical"))
                .then()
                .statusCode(200)
                .header("ETag", is("\"2\""));
        assertNotEquals(written, written("organizations", id));
    }

    @Test
    void a_subscription_writes_only_the_row_that_changes() {
        var id = ada.caller().id();
        var path = "/api/subscriptions/" + id;
        var user = written("users", id);
        var subscription = subscription();
        operator.patch(path, Map.of()).then().statusCode(200).header("ETag", is("\"0\""));
        assertEquals(subscription, subscription());
        operator.patch(path, Map.of("status", "past_due"))
                .then()
                .statusCode(200)
                .header("ETag", is("\"1\""));
        assertNotEquals(subscription, subscription());
        assertEquals(user, written("users", id));
        operator.patch(path, Map.of("maxAgents", 7)).then().statusCode(200).header("ETag", is("\"2\""));
        assertNotEquals(user, written("users", id));
    }

    private String subscription() {
        return Sql.superuser()
                .column("select xmin from subscriptions where user_id = '"
                        + ada.caller().id() + "'")
                .get(0);
    }

    private static String written(String table, Object id) {
        return Sql.superuser()
                .column("select xmin from " + table + " where id = '" + id + "'")
                .get(0);
    }
}
