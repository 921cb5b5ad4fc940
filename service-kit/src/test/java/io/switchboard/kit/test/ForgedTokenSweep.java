package io.switchboard.kit.test;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import io.switchboard.kit.access.AccessTable;
import io.switchboard.kit.access.Operation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.function.Executable;

/** Shows every operation of the service every forged token: each is answered with 401, never 500. */
public final class ForgedTokenSweep {
    /** RestAssured takes milliseconds a request, and here are thousands. */
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private ForgedTokenSweep() {}

    /** Each of them at each operation that wants a token. Nothing may be fetched on their behalf, and nothing go wrong. */
    public static void refusedEverywhere() {
        refusedEverywhere(Caller.adminOfNewOrg());
    }

    /**
     * @param admin whose token is taken, to show that the forged ones fail for what they are
     */
    public static void refusedEverywhere(Caller admin) {
        var operations = protectedOperations();
        var fetched = calls("/.well-known/jwks.json");
        try (var log = ErrorLog.listen()) {
            operations.forEach(operation -> assertNotEquals(401, status(operation, admin.token()), operation.path()));
            var forged = ForgedTokens.all();
            assertAll(operations.stream().flatMap(operation -> forged.entrySet().stream()
                    .map(token -> refused(operation, token.getKey(), token.getValue()))));
            assertEquals(List.of(), log.lines());
        }
        assertEquals(0, calls("/forged"), "fetches of what a token's header names");
        // The one look at the key set that an unknown key id is worth in 30 seconds, and perhaps the regular one.
        assertTrue(calls("/.well-known/jwks.json") - fetched <= 2, "the key set was fetched again and again");
    }

    private static List<Operation> protectedOperations() {
        var service = ConfigProvider.getConfig().getValue("quarkus.application.name", String.class);
        return AccessTable.all()
                .filter(operation -> operation.service().equals(service) && !operation.isPublic())
                .toList();
    }

    private static int status(Operation operation, String token) {
        return operation.isStream()
                ? StreamHead.status(path(operation), token)
                : answer(operation, token).statusCode();
    }

    private static String path(Operation operation) {
        return operation.path().replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    }

    private static HttpResponse<String> answer(Operation operation, String token) {
        var path = path(operation);
        var body = operation.method().equals("GET")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString("{}");
        var request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .method(operation.method(), body)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Executable refused(Operation operation, String what, String token) {
        return () -> {
            var answer = answer(operation, token);
            var told = what + " at " + operation.method() + " " + operation.path() + ": " + answer.body();
            assertEquals(401, answer.statusCode(), told);
            assertEquals(
                    "application/problem+json",
                    answer.headers().firstValue("Content-Type").orElse(""),
                    told);
            assertTrue(answer.body().contains(":unauthorized\""), told);
        };
    }

    private static int calls(String path) {
        return PeerRequests.to(path).size();
    }
}
