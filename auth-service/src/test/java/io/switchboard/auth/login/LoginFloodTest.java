package io.switchboard.auth.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Parallel;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.PostgresResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class LoginFloodTest {
    static final int STRANGERS = 150;
    static final AtomicInteger ADDRESSES = new AtomicInteger();

    @Test
    void strangers_at_once_do_not_push_out_a_known_device() {
        var ada = Person.signUp();
        var flood = CompletableFuture.supplyAsync(() -> Parallel.times(STRANGERS, LoginFloodTest::strangerLogsIn));
        for (int i = 0; i < 6; i++) {
            ada.logIn(Person.PASSWORD, Map.of("deviceToken", ada.deviceToken()))
                    .then()
                    .statusCode(200);
        }
        var answers = flood.join();
        var refused = answers.stream()
                .filter(answer -> answer.startsWith("HTTP/1.1 503"))
                .toList();
        assertTrue(refused.size() > STRANGERS / 2, "most strangers are sent away: " + refused.size());
        assertTrue(refused.stream().allMatch(answer -> answer.toLowerCase().contains("retry-after:")), refused.get(0));
        assertEquals(
                List.of(),
                answers.stream()
                        .filter(answer -> !answer.matches("(?s)HTTP/1.1 (401|503) .*"))
                        .toList());
    }

    /** Each from an address of its own. */
    static String strangerLogsIn() {
        var number = ADDRESSES.incrementAndGet();
        var body = "{\"email\":\"%s@example.com\",\"password\":\"a mule, a dynamo\"}".formatted(UUID.randomUUID());
        try (var socket = new Socket(
                InetAddress.getByName("127.0.0.1"),
                RestAssured.port,
                InetAddress.getByName("127.77." + number / 250 + "." + (number % 250 + 1)),
                0)) {
            socket.getOutputStream()
                    .write(("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
