package io.switchboard.kit.front;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.test.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is too much in sum. */
class FrontBudgetTest {
    private static final String SMALL = "GET /small HTTP/1.1\r\nHost: a.example\r\n\r\n";
    private static final String HALF_A_BODY = "POST /echo HTTP/1.1\r\nHost: a.example\r\nContent-Length: 99000\r\n\r\n";

    private final List<RawClient> clients = new ArrayList<>();

    @AfterEach
    void hangUp() {
        clients.forEach(RawClient::close);
    }

    @Test
    void connections_over_the_limit_are_closed_at_once() {
        try (var server = FrontedServer.with(Map.of("connections", "5"))) {
            connect(server, 5);
            clients.forEach(client -> client.send("GET /never HTTP/1.1\r\nHost: a.example\r\n\r\n"));
            await().until(() -> server.requests.get() == 5);
            assertTrue(RawClient.to(server.port).isClosed());
            clients.remove(0).close();
            await().untilAsserted(() ->
                    assertEquals("small", RawClient.answer(server.port, SMALL).body()));
        }
    }

    @Test
    void idle_connections_make_way_for_new_requests() {
        try (var server = FrontedServer.with(Map.of("connections", "5", "header-timeout", "60s"))) {
            connect(server, 5);
            clients.forEach(client -> client.send("GET /small HTTP/1.1\r\n"));
            for (int i = 0; i < 20; i++) {
                assertEquals("small", RawClient.answer(server.port, SMALL).body());
            }
            assertTrue(clients.get(0).isClosed());
        }
    }

    @Test
    void the_management_port_has_connections_of_its_own() {
        try (var server = FrontedServer.ofManagement(Map.of("connections", "1", "management-connections", "3"))) {
            for (int i = 0; i < 3; i++) {
                clients.add(RawClient.to(server.port));
                assertEquals("small", clients.get(i).send(SMALL).answer().body());
            }
            assertTrue(RawClient.to(server.port).isClosed());
            assertEquals(0, server.front.connections());
        }
    }

    @Test
    void connections_of_one_address_have_a_limit() {
        try (var server = FrontedServer.with(Map.of("connections-per-address", "3"))) {
            connect(server, 3);
            assertTrue(RawClient.to(server.port).isClosed());
            assertEquals(3, server.front.connections());
        }
    }

    @Test
    void bodies_have_a_budget_per_owner_and_in_all() {
        try (var server = FrontedServer.with(Map.of("bodies-share", "200K"))) {
            var answers = fill(server);
            assertTrue(answers.stream().allMatch(answer -> answer.isProblem("too_many_bytes")));
            assertTrue(answers.stream()
                    .allMatch(answer -> "1".equals(answer.headers().get("retry-after"))));
        }
        try (var server = FrontedServer.with(Map.of("bodies", "200K"))) {
            assertTrue(fill(server).stream().allMatch(answer -> answer.isProblem("unavailable")));
        }
    }

    @Test
    void a_body_that_is_passed_on_takes_no_budget() {
        try (var server = FrontedServer.with(Map.of("bodies-share", "200K", "bodies", "200K"))) {
            var head = "POST /count HTTP/1.1\r\nHost: a.example\r\nContent-Length: 20000000\r\n\r\n";
            var client = RawClient.to(server.port).send(head);
            clients.add(client);
            for (int i = 0; i < 20; i++) {
                client.send(new byte[1_000_000]);
            }
            assertEquals("20000000", client.answer().body());
            assertEquals(0, server.front.bodies().held());
        }
    }

    @Test
    void a_body_that_is_passed_on_keeps_the_pace() {
        try (var server = FrontedServer.with(Map.of("body-timeout", "60s"))) {
            var head = "POST /count HTTP/1.1\r\nHost: a.example\r\nContent-Length: 20000000\r\n\r\n";
            var client = RawClient.to(server.port).send(head).send(new byte[1000]);
            clients.add(client);
            assertTrue(client.answer().isProblem("body_too_slow"));
        }
    }

    /** Two bodies of which 90 KB have come fill the budget; what the next ones are told. */
    private List<RawClient.Answer> fill(FrontedServer server) {
        for (int i = 0; i < 2; i++) {
            var before = server.front.bodies().held();
            clients.add(RawClient.to(server.port).send(HALF_A_BODY).send("x".repeat(90_000)));
            await().until(() -> server.front.bodies().held() >= before + 90_000);
        }
        assertEquals("small", RawClient.answer(server.port, SMALL).body());
        var answers = new ArrayList<RawClient.Answer>();
        for (int i = 0; i < 5; i++) {
            answers.add(RawClient.answer(server.port, HALF_A_BODY + "x".repeat(90_000)));
        }
        assertTrue(server.front.bodies().held() <= 200 * 1024);
        return answers;
    }

    @Test
    void unread_answers_cost_only_their_own_client() {
        try (var server = FrontedServer.with(Map.of("answers", "32M"))) {
            for (int i = 0; i < 20; i++) {
                clients.add(
                        RawClient.to(server.port, 4096).send("GET /large/8000 HTTP/1.1\r\nHost: a.example\r\n\r\n"));
            }
            await().until(() -> server.requests.get() == 20);
            await().until(() ->
                    server.front.connections() <= 8 && server.front.answers().bytes() <= 32L * 1024 * 1024);
            assertTrue(server.front.connections() >= 3, "no more are cut off than must be");
            assertEquals("small", RawClient.answer(server.port, SMALL).body());
        }
    }

    @Test
    void a_client_that_does_not_read_is_cut_off() {
        try (var server = FrontedServer.with(Map.of("write-timeout", "1s"))) {
            var idle = RawClient.to(server.port, 4096).send("GET /large/16000 HTTP/1.1\r\nHost: a.example\r\n\r\n");
            clients.add(idle);
            await().until(() -> server.front.answers().bytes() > 0);
            await().until(() -> server.front.connections() == 0);
            await().until(() -> server.front.answers().bytes() == 0);
        }
    }

    @Test
    void a_client_that_reads_gets_all_of_a_large_answer() {
        try (var server = FrontedServer.with(Map.of())) {
            var answer = RawClient.answer(server.port, "GET /large/20000 HTTP/1.1\r\nHost: a.example\r\n\r\n");
            assertEquals(20_000 * 1024, answer.body().length());
            assertFalse(answer.headers().containsKey("connection"));
        }
    }

    private void connect(FrontedServer server, int count) {
        var before = server.front.connections();
        for (int i = 0; i < count; i++) {
            clients.add(RawClient.to(server.port));
        }
        await().until(() -> server.front.connections() >= before + count);
    }
}
