package io.switchboard.crm.echo;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.access.AccessFilter;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.RawClient;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What a line of access.txt says of an operation's body and answer. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class OperationRulesTest {
    static final int MIB = 1 << 20;

    final Caller acme = Caller.agentOfNewOrg();

    @Inject
    AccessFilter filter;

    @TestHTTPResource("/api/echoes/stream")
    URI stream;

    @Test
    void a_body_may_have_another_type_and_size() {
        acme.request()
                .contentType("text/csv")
                .body(new byte[7 * MIB])
                .post("/api/echoes/count")
                .then()
                .statusCode(200)
                .body("bytes", is(7 * MIB));
    }

    @Test
    void a_body_over_the_size_of_its_operation_is_refused() {
        var answer = RawClient.answer(
                stream.getPort(),
                "POST /api/echoes/count HTTP/1.1\r\nHost: a.example\r\nContent-Type: text/csv\r\nAuthorization: Bearer "
                        + acme.token() + "\r\nContent-Length: " + (25 * MIB + 1) + "\r\n\r\n");
        assertTrue(answer.isProblem("body_too_large"));
    }

    @Test
    void a_type_that_the_operation_does_not_list_is_refused() {
        acme.post("/api/echoes/count", new EchoForm("json", true))
                .then()
                .statusCode(415)
                .body("type", endsWith("unsupported_media_type"));
    }

    @Test
    void an_open_stream_is_not_in_flight() throws Exception {
        var request = HttpRequest.newBuilder(stream)
                .header("Authorization", "Bearer " + acme.token())
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            assertEquals(200, answer.statusCode());
            assertEquals('d', body.read());
            await().untilAsserted(() -> assertEquals(0, filter.inFlight()));
        }
    }

    @Test
    void the_first_line_that_matches_decides() {
        acme.get("/api/echoes/x.ics").then().statusCode(200).body("text", is("calendar x"));
        acme.get("/api/echoes/x").then().statusCode(403);
        acme.colleague("admin").get("/api/echoes/x").then().statusCode(200).body("text", is("echo x"));
    }
}
