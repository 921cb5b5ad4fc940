package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PINs are few: guessing is stopped, from any number of addresses and over all replicas. */
class GuessedPinsTest {
    /** A guess was looked at and found wrong; what is refused before that is 429. */
    private static final int WRONG = 401;

    private static final int CLOSED = 429;

    private static RunningSuite running;
    private static Replica second;

    @BeforeAll
    static void startSecondReplica() {
        running = RunningSuite.ready();
        second = running.replica(Service.AUTH);
    }

    @AfterAll
    static void stopSecondReplica() {
        second.close();
        // The platform's ceiling would refuse other tests' PINs for a minute.
        running.forgetAttempts();
    }

    @Test
    void of_ten_thousand_guesses_from_an_address_ten_are_verified() {
        var acme = running.newTenant();
        var slug = acme.slug();
        var answers = guesses(10_000, 8, i -> "127.1.0.1", i -> pin(slug));
        // The first wait is over after 30 seconds: then one more may be looked at, and one more a minute later.
        assertTrue(answers.get(WRONG) >= 10 && answers.get(WRONG) <= 12, answers.toString());
        assertEquals(10_000, answers.get(WRONG) + answers.get(CLOSED), answers.toString());
    }

    @Test
    void an_organization_closes_after_ten_guesses_from_anywhere() {
        var acme = running.newTenant();
        var slug = acme.slug();
        var answers = guesses(2_000, 100, i -> "127.2.0." + (i % 100 + 1), i -> pin(slug));
        assertTrue(answers.get(WRONG) >= 10 && answers.get(WRONG) <= 12, answers.toString());
        // Sign-ins elsewhere and existing sessions go on.
        var globex = running.newTenant();
        var other = globex.addClient();
        try (var elsewhere = new Guesser("127.3.0.1", second.port())) {
            assertEquals(
                    200,
                    elsewhere.post(
                            "/api/auth/pin",
                            named(globex.slug(), other.path("pin").asText())));
        }
    }

    @Test
    void two_hundred_guesses_at_once_do_not_exceed_the_limit_by_one() {
        var acme = running.newTenant();
        var slug = acme.slug();
        var answers = guesses(200, 200, i -> "127.4.0." + (i % 200 + 1), i -> pin(slug));
        assertEquals(10, answers.get(WRONG), answers.toString());
        assertEquals(190, answers.get(CLOSED), answers.toString());
    }

    @Test
    void spraying_gets_ten_an_address_and_sessions_go_on() {
        var acme = running.newTenant();
        var session = running.nobody()
                .post(
                        Service.AUTH,
                        "/api/auth/pin",
                        Map.of("pin", acme.addClient().path("pin").asText(), "organization", acme.slug()));
        var addresses = 10;
        var answers =
                guesses(2_000, addresses, i -> "127.5.0." + (i % addresses + 1), i -> pin("account-" + i % 1_000));
        assertTrue(answers.get(WRONG) >= 10 * addresses && answers.get(WRONG) <= 12 * addresses, answers.toString());
        var client = running.nobody().with(session.path("sessionToken").asText());
        assertEquals(200, client.get(Service.AUTH, "/api/auth/session").status());
    }

    @Test
    void pins_alone_meet_the_platforms_ceiling() {
        running.forgetAttempts();
        var addresses = 100;
        var answers =
                guesses(1_000, addresses, i -> "127.6.0." + (i % addresses + 1), i -> "{\"pin\":\"" + digits() + "\"}");
        assertTrue(answers.get(WRONG) <= 120, answers.toString()); // 60 a minute, and a minute may have turned
        var acme = running.newTenant();
        var client = acme.addClient();
        try (var elsewhere = new Guesser("127.7.0.1", second.port())) {
            var pin = client.path("pin").asText();
            assertEquals(CLOSED, elsewhere.post("/api/auth/pin", "{\"pin\":\"" + pin + "\"}"));
            assertEquals(200, elsewhere.post("/api/auth/pin", named(acme.slug(), pin)));
        }
    }

    @Test
    void a_forged_forwarded_address_is_not_believed() {
        var acme = running.newTenant();
        try (var liar = new Guesser("127.8.0.1", second.port())) {
            var slug = acme.slug();
            var wrong = IntStream.range(0, 50)
                    .map(i -> liar.post(
                            "/api/auth/pin",
                            pin(slug),
                            "X-Forwarded-For: 9.9.9." + i + "\r\nForwarded: for=9.9.8." + i + "\r\n"))
                    .filter(status -> status == WRONG)
                    .count();
            assertEquals(10, wrong);
        }
    }

    @Test
    void an_admin_who_chooses_pins_learns_of_five_a_day() {
        var acme = running.newTenant();
        var globex = running.newTenant();
        var pins = IntStream.range(0, 8)
                .mapToObj(i -> globex.addClient().path("pin").asText())
                .toList();
        var mine = acme.addClient().path("id").asText();
        var statuses = pins.stream()
                .map(pin -> acme.api
                        .answer(Service.AUTH, "/api/clients/" + mine + "/pin", Map.of("pin", pin))
                        .status())
                .toList();
        assertEquals(List.of(409, 409, 409, 409, 409, 429, 429, 429), statuses);
    }

    /** So many guesses, shared among so many connections to both replicas; how often each status was answered. */
    private static Map<Integer, Integer> guesses(
            int count, int connections, IntFunction<String> address, IntFunction<String> body) {
        var answers = new ConcurrentHashMap<Integer, Integer>();
        var threads = Executors.newFixedThreadPool(connections);
        try {
            var all = new ArrayList<CompletableFuture<Void>>();
            for (int c = 0; c < connections; c++) {
                var first = c;
                all.add(CompletableFuture.runAsync(
                        () -> {
                            var port = first % 2 == 0 ? running.suite.ports().http(Service.AUTH) : second.port();
                            try (var guesser = new Guesser(address.apply(first), port)) {
                                for (int i = first; i < count; i += connections) {
                                    answers.merge(guesser.post("/api/auth/pin", body.apply(i)), 1, Integer::sum);
                                }
                            }
                        },
                        threads));
            }
            all.forEach(CompletableFuture::join);
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static String pin(String slug) {
        return named(slug, digits());
    }

    private static String named(String slug, String pin) {
        return "{\"pin\":\"" + pin + "\",\"organization\":\"" + slug + "\"}";
    }

    private static String digits() {
        return "%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    }
}
