package io.switchboard.auth.session;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.OwnAddress;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class UserSessionResourceTest {
    Person ada;

    @BeforeEach
    void signUp() {
        ada = Person.signUp();
    }

    @Test
    void people_see_where_they_are_signed_in_the_newest_first() {
        RestAssured.given()
                .contentType(ContentType.JSON)
                .header("User-Agent", "a telephone")
                .body(Map.of("email", ada.email(), "password", Person.PASSWORD))
                .post("/api/auth/login")
                .then()
                .statusCode(200);
        var list = ada.caller().get("/api/me/sessions?limit=1");
        list.then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].userAgent", is("a telephone"))
                .body("items[0].ip", is(OwnAddress.current()))
                .body("items[0].lastSeenAt", notNullValue());
        var day = OffsetDateTime.parse(list.<String>path("items[0].createdAt")).plusHours(24);
        assertEquals(day, OffsetDateTime.parse(list.<String>path("items[0].expiresAt")));
        ada.caller()
                .get("/api/me/sessions?cursor=" + list.path("nextCursor"))
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("nextCursor", nullValue());
    }

    @Test
    void the_session_that_asks_is_marked_and_no_other() {
        var other = ada.logIn(Person.PASSWORD, Map.of());
        ada.caller().get("/api/me/sessions").then().body("items.current", contains(false, true));
        sessions(other.path("accessToken")).then().body("items.current", contains(true, false));
        var refreshed = Person.post("/api/auth/refresh", Map.of("refreshToken", other.path("refreshToken")));
        sessions(refreshed.path("accessToken")).then().body("items.current", contains(true, false));
        var untold = Caller.issuer()
                .person("admin", ada.caller().orgId(), ada.caller().id());
        sessions(untold).then().body("items.current", contains(false, false));
    }

    @Test
    void one_session_is_ended_and_the_others_go_on() {
        String other = ada.logIn(Person.PASSWORD, Map.of()).path("refreshToken");
        List<String> ids = ada.caller().get("/api/me/sessions").path("items.id");
        ada.caller().delete("/api/me/sessions/" + ids.get(0)).then().statusCode(204);
        ada.caller()
                .delete("/api/me/sessions/" + ids.get(0))
                .then()
                .statusCode(404)
                .body("type", endsWith("session_not_found"));
        refresh(other, 401);
        refresh(ada.refreshToken(), 200);
        ada.caller().get("/api/me/sessions").then().body("items.id", contains(ids.get(1)));
        var event = AuditTrail.await(1, ada.caller().orgId(), "logout").get(0);
        assertEquals(ids.get(0), event.getString("resourceId"));
        assertEquals(ada.caller().id().toString(), event.getString("actorId"));
        assertEquals(OwnAddress.current(), event.getString("ipAddress"));
    }

    @Test
    void all_sessions_end_at_once() {
        String other = ada.logIn(Person.PASSWORD, Map.of()).path("refreshToken");
        var colleague = ada.invite("customer");
        ada.caller().delete("/api/me/sessions").then().statusCode(204);
        ada.caller().delete("/api/me/sessions").then().statusCode(401);
        refresh(other, 401);
        refresh(ada.refreshToken(), 401);
        refresh(colleague.refreshToken(), 200);
        ada.caller().get("/api/me/sessions").then().statusCode(200).body("items", hasSize(0));
        assertEquals(
                List.of("signed_out", "signed_out"),
                Sql.superuser()
                        .column("select revoked_because from refresh_families where user_id = '"
                                + ada.caller().id() + "'"));
        var events = AuditTrail.await(2, ada.caller().orgId(), "logout");
        assertEquals(
                2,
                events.stream().map(event -> event.getString("id")).distinct().count());
    }

    @Test
    void a_session_of_another_user_is_not_found() {
        var colleague = ada.invite("agent");
        String id = colleague.caller().get("/api/me/sessions").path("items[0].id");
        ada.caller().delete("/api/me/sessions/" + id).then().statusCode(404);
        Person.signUp().caller().delete("/api/me/sessions/" + id).then().statusCode(404);
        refresh(colleague.refreshToken(), 200);
    }

    @Test
    void what_can_no_longer_be_refreshed_is_no_session() {
        Sql.superuser()
                .run("update refresh_families set token_expires_at = now() where org_id = '"
                        + ada.caller().orgId() + "'");
        assertTrue(ada.caller().get("/api/me/sessions").<List<?>>path("items").isEmpty());
    }

    Response sessions(String token) {
        return Caller.with(ada.caller().orgId(), ada.caller().id(), token).get("/api/me/sessions");
    }

    static void refresh(String token, int status) {
        Person.post("/api/auth/refresh", Map.of("refreshToken", token)).then().statusCode(status);
    }
}
