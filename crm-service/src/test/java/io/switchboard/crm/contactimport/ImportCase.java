package io.switchboard.crm.contactimport;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sends files of contacts and waits for their imports. */
abstract class ImportCase {
    static final Duration LONG = Duration.ofMinutes(3);

    final Caller acme = Caller.agentOfNewOrg();

    static Response send(Caller caller, String query, byte[] file) {
        return given().header("Authorization", "Bearer " + caller.token())
                .contentType("text/csv")
                .body(file)
                .post("/api/contacts/imports" + query);
    }

    static Response send(Caller caller, String query, String file) {
        return send(caller, query, file.getBytes(StandardCharsets.UTF_8));
    }

    /** The ended import. */
    static JsonPath done(Caller caller, String query, String file) {
        return ended(
                caller,
                send(caller, query, file).then().statusCode(202).extract().path("id"));
    }

    static JsonPath ended(Caller caller, String id) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(() -> List.of("completed", "failed")
                .contains(caller.get("/api/contacts/imports/" + id).path("status")));
        return caller.get("/api/contacts/imports/" + id).jsonPath();
    }

    JsonPath imported(String file) {
        return done(acme, "", file);
    }

    static void counts(JsonPath ended, int created, int updated, int failed) {
        org.junit.jupiter.api.Assertions.assertEquals(
                List.of("completed", created, updated, failed, created + updated + failed, created + updated + failed),
                List.of(
                        ended.getString("status"),
                        ended.getInt("created"),
                        ended.getInt("updated"),
                        ended.getInt("failed"),
                        ended.getInt("processed"),
                        ended.getInt("total")),
                ended::prettify);
    }

    Map<String, Object> contact(String phone) {
        var found = acme.request().queryParam("phone", phone).get("/api/contacts");
        found.then().body("items.size()", is(1));
        return found.path("items[0]");
    }

    static long number(String sql, UUID org) {
        return Sql.superuser().number(sql.replace("$1", "'" + org + "'"));
    }
}
