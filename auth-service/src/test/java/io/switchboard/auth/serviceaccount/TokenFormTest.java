package io.switchboard.auth.serviceaccount;

import static io.restassured.RestAssured.config;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.switchboard.auth.AuthSettings;
import io.switchboard.kit.test.ErrorLog;
import io.switchboard.kit.test.PostgresResource;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the token endpoint makes of bodies and credentials that are not what they should be. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class TokenFormTest {
    static final String CRM = TokenResourceTest.CRM;

    @Test
    void malformed_forms_get_the_errors_of_the_rfc_and_no_log_entry() throws Exception {
        var good = "grant_type=client_credentials&client_id=" + CRM + "&resource=audit-service&client_secret="
                + URLEncoder.encode(AuthSettings.CRM_SECRET, StandardCharsets.UTF_8);
        posted(bytes(good)).then().statusCode(200);
        posted(bytes("&" + good + "&&scope=&empty")).then().statusCode(200);
        try (var log = ErrorLog.listen()) {
            for (var more : List.of(
                    "&x=%zz",
                    "&x=%",
                    "&x=%4",
                    "&%zz=x",
                    "&x=%00",
                    "&x=%ff",
                    "&x=%c3%28",
                    "&%00=x",
                    "&x=%ed%a0%80",
                    "&resource=audit-service",
                    "&x=1&x=1",
                    "&x&x",
                    "&on_behalf_of=null&org_id=" + UUID.randomUUID())) {
                malformed(bytes(good + more), more);
            }
            malformed(bytes("grant_type=%zz"), "alone");
            malformed(new byte[] {'x', '=', (byte) 0xff}, "bytes");
            malformed(new byte[] {'x', '=', 0}, "NUL");
            malformed(new byte[0], "nothing");
            malformed(bytes("&&&"), "nothing but separators");
            malformed(bytes("{\"grant_type\": \"client_credentials\"}"), "JSON");
            assertEquals(400, sent(null, "").statusCode(), "neither a body nor its type");
            assertEquals(
                    200,
                    sent("application/x-www-form-urlencoded; charset=nonsense", good)
                            .statusCode());
            for (var type : List.of("nonsense", "application/json", "multipart/form-data; boundary=x", "text/plain")) {
                assertEquals(415, sent(type, good).statusCode(), type);
            }
            for (var person : List.of(
                    "[]",
                    "1",
                    "{",
                    "{\"sub\": null}",
                    "{\"sub\": 1, \"groups\": [\"agent\"]}",
                    "{\"sub\": \"x\", \"groups\": [null]}",
                    "[".repeat(5000))) {
                TokenResourceTest.refused(
                        TokenResourceTest.asked(CRM, AuthSettings.CRM_SECRET)
                                .formParam("resource", "audit-service")
                                .formParam("org_id", UUID.randomUUID())
                                .formParam("on_behalf_of", person),
                        400,
                        "invalid_request");
            }
            for (var credentials : List.of("%zz:x", "%00:x", CRM + ":%00", CRM + ":%ff", "x", "\0:x")) {
                var basic = "Basic " + Base64.getEncoder().encodeToString(bytes(credentials));
                TokenResourceTest.refused(
                        given().header("Authorization", basic).formParam("grant_type", "client_credentials"),
                        401,
                        "invalid_client");
            }
            assertEquals(List.of(), log.lines());
        }
    }

    static void malformed(byte[] body, String what) {
        var answer = posted(body);
        assertEquals(400, answer.statusCode(), what);
        assertEquals("{\"error\":\"invalid_request\"}", answer.asString(), what);
    }

    static Response posted(byte[] body) {
        return given().config(config().encoderConfig(encoderConfig()
                        .encodeContentTypeAs("application/x-www-form-urlencoded", ContentType.BINARY)))
                .contentType("application/x-www-form-urlencoded")
                .body(body)
                .post("/oauth2/token");
    }

    /** As typed and not as RestAssured would have it. */
    static HttpResponse<String> sent(String type, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/oauth2/token"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
