package io.switchboard.crm;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
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

    @ParameterizedTest
    @ValueSource(strings = {"/calendar/resource", "/calendar/route", "/api/nothing", "/", "/q/arc", "/q/health", "/q"})
    void a_path_that_is_not_in_the_table_is_refused(String path) {
        acme.get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .header("Cache-Control", is("no-store"))
                .body("type", endsWith("not_found"));
    }

    @Test
    void the_document_and_its_pages_are_open() {
        given().get("/q/openapi").then().statusCode(200);
        given().get("/q/swagger-ui/").then().statusCode(200);
    }

    /** Served, but not listed in access.txt. */
    @Path("/calendar/resource")
    public static class UnlistedResource {
        @GET
        @Operation(hidden = true)
        public String show() {
            return "open";
        }
    }

    @ApplicationScoped
    static class UnlistedRoute {
        void register(@Observes Router router) {
            router.get("/calendar/route").handler(context -> context.end("open"));
        }
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
