package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An assistant's booking is delivered many times, to two replicas of voice-service: it is in the calendar once. */
class ToolRaceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static RunningSuite running;
    private static Replica second;
    private static Tenant tenant;
    private static List<String> times;

    private final String call = UUID.randomUUID().toString();

    @BeforeAll
    static void openEveryDay() {
        running = RunningSuite.ready();
        second = running.replica(Service.VOICE);
        tenant = running.newTenant();
        times = OpenHours.openEveryDay(tenant, 4);
        warmUp();
    }

    /** A replica that has just begun needs longer for its first requests than a call may wait. */
    private static void warmUp() {
        for (int i = 0; i < 60; i++) {
            deliver(i, UUID.randomUUID().toString(), times.get(0), "t" + i).join();
        }
    }

    @AfterAll
    static void stopSecondReplica() {
        second.close();
    }

    @Test
    void a_tool_call_delivered_thirty_times_books_once() {
        var time = times.get(1);
        var answers = atOnce(30, i -> deliver(i, call, time, "t1"));
        assertEquals(1, Set.copyOf(answers).size(), answers.toString());
        assertTrue(results(answers.get(0)).get(0).path("result").asText().startsWith("Booked: "), answers.get(0));
        assertEquals(1, booked(time));
        assertEquals(answers.get(0), deliver(0, call, times.get(3), "t1").join());
        assertEquals(answers.get(0), deliver(1, call, times.get(3), "t1").join());
    }

    @Test
    void a_booking_under_other_ids_of_a_call_is_the_same() {
        var time = times.get(2);
        var told = atOnce(6, i -> deliver(i, call, time, "a" + i % 3)).stream()
                .map(answer -> results(answer).get(0).path("result").asText())
                .collect(Collectors.toSet());
        results(deliver(0, call, time, "b0", "b1", "b2").join())
                .forEach(result -> told.add(result.path("result").asText()));
        assertEquals(1, told.size(), told.toString());
        assertTrue(told.iterator().next().startsWith("Booked: "), told.toString());
        assertEquals(1, booked(time));
    }

    @Test
    void a_booking_in_another_call_is_refused_in_words() {
        var time = times.get(3);
        var answers = atOnce(2, i -> deliver(i, call + i, time, "t1")).stream()
                .map(answer -> results(answer).get(0))
                .toList();
        var refused = answers.stream().filter(answer -> answer.has("error")).toList();
        assertEquals(1, refused.size(), answers.toString());
        var words = refused.get(0).path("error").asText();
        assertTrue(words.contains("is not available. Free instead: "), words);
        assertEquals(1, booked(time));
    }

    private static List<String> atOnce(int times, IntFunction<CompletableFuture<String>> work) {
        return IntStream.range(0, times).mapToObj(work).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    /** The same booking under each of the ids, in one delivery. @param nth even ones to the first replica */
    private static CompletableFuture<String> deliver(int nth, String call, String time, String... ids) {
        var arguments =
                Map.of("phone", "+15555550100", "serviceType", "Cleaning", "scheduledAt", time, "durationMinutes", 30);
        var toolCalls = List.of(ids).stream()
                .map(id -> Map.of("id", id, "name", "book_appointment", "arguments", arguments))
                .toList();
        var message = Map.of(
                "type",
                "tool-calls",
                "timestamp",
                1780318808000L,
                "toolCallList",
                toolCalls,
                "call",
                Map.of("id", call, "type", "inboundPhoneCall"),
                "customer",
                Map.of("number", "+15555550100"));
        var port = nth % 2 == 0 ? running.suite.ports().http(Service.VOICE) : second.port();
        var request = HttpRequest.newBuilder(URI.create(tenant.vapiUrl().replaceFirst(":\\d+", ":" + port)))
                .header("Content-Type", "application/json")
                .header("X-Vapi-Secret", tenant.vapiSecret())
                .POST(HttpRequest.BodyPublishers.ofString(json(Map.of("message", message))))
                .build();
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(answer -> {
            assertEquals(200, answer.statusCode(), answer.body());
            return answer.body();
        });
    }

    private static int booked(String time) {
        var end = Instant.parse(time).plus(30, ChronoUnit.MINUTES);
        return tenant.api
                .read(Service.CRM, "/api/appointments?from=" + time + "&to=" + end)
                .path("items")
                .size();
    }

    private static JsonNode results(String answer) {
        try {
            return JSON.readTree(answer).path("results");
        } catch (IOException e) {
            throw new UncheckedIOException(answer, e);
        }
    }

    private static String json(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
