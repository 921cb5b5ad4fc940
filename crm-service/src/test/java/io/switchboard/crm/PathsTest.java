package io.switchboard.crm;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of methods and paths that are not as they should be. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PathsTest {
    final Caller acme = Caller.agentOfNewOrg();

    @TestHTTPResource("/")
    URL service;

    @Test
    void a_method_that_is_not_offered_names_those_that_are() {
        acme.request()
                .put("/api/contacts")
                .then()
                .statusCode(405)
                .header("Allow", is("GET, HEAD, POST"))
                .body("type", endsWith("method_not_allowed"));
        acme.request().post("/api/contacts/1").then().statusCode(405).header("Allow", is("DELETE, GET, HEAD, PATCH"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//api/contacts", "///api/contacts", "/api/contacts"})
    void a_problem_names_the_path_and_no_host(String url) throws IOException {
        var answer = answer(url);
        assertTrue(answer.contains("\"instance\":\"/api/contacts\""), answer);
    }

    /** As it stands on the wire: clients would not send the like. */
    private String answer(String url) throws IOException {
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            var request = "GET " + url + " HTTP/1.1\r\nHost: switchboard\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
