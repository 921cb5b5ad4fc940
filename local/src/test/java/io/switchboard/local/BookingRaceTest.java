package io.switchboard.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many book one time of the only person who can be booked, over two real replicas: one of them has it. */
class BookingRaceTest {
    private static final int ROUNDS = 10;
    private static final int AT_ONCE = 40;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Replica second;
    private static RunningSuite running;
    private static Tenant tenant;
    private static String voice;
    private static String person;
    private static String contact;
    private static List<String> times;

    @BeforeAll
    static void openEveryDay() {
        running = RunningSuite.ready();
        second = running.replica(Service.CRM);
        tenant = running.newTenant();
        person = tenant.api.read(Service.AUTH, "/api/me").path("id").asText();
        var orgId =
                tenant.api.read(Service.AUTH, "/api/organization").path("id").asText();
        voice = "Bearer " + serviceToken(orgId);
        contact = tenant.api
                .post(Service.CRM, "/api/contacts", Map.of("name", "Grace", "phone", "+15555550100"))
                .path("id")
                .asText();
        times = OpenHours.openEveryDay(tenant, 3 * ROUNDS + 1);
        warmUp();
    }

    /** A replica that has just begun needs longer for its first requests than so many at once may wait. */
    private static void warmUp() {
        for (int i = 0; i < 2 * AT_ONCE; i++) {
            var answers = Stream.of(book(i, times.get(0)), useTool(i, times.get(0)))
                    .map(request -> CLIENT.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                    .toList();
            answers.forEach(CompletableFuture::join);
        }
        times = times.subList(1, times.size());
    }

    @AfterAll
    static void stopSecondReplica() {
        second.close();
    }

    @Test
    void of_forty_bookings_with_an_assignee_one_succeeds() {
        for (int round = 0; round < ROUNDS; round++) {
            var time = times.get(round);
            race(time, i -> book(i, time));
        }
    }

    @Test
    void of_forty_bookings_by_live_calls_one_succeeds() {
        for (int round = 0; round < ROUNDS; round++) {
            var time = times.get(ROUNDS + round);
            race(time, i -> useTool(i, time));
        }
    }

    @Test
    void of_both_kinds_together_one_succeeds() {
        for (int round = 0; round < ROUNDS; round++) {
            var time = times.get(2 * ROUNDS + round);
            race(time, i -> i % 4 < 2 ? book(i, time) : useTool(i, time));
        }
    }

    /** One has the time, all others are refused, in words where a call asks. */
    private static void race(String time, IntFunction<HttpRequest> request) {
        var answers = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> CLIENT.sendAsync(request.apply(i), HttpResponse.BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        var outcomes = new HashMap<String, Integer>();
        answers.forEach(answer -> outcomes.merge(outcome(answer), 1, Integer::sum));
        assertEquals(Map.of("booked", 1, "refused", AT_ONCE - 1), outcomes);
        var end = Instant.parse(time).plus(30, ChronoUnit.MINUTES);
        var booked = tenant.api
                .read(Service.CRM, "/api/appointments?from=" + time + "&to=" + end)
                .path("items");
        assertEquals(1, booked.size());
        assertEquals(person, booked.path(0).path("assigneeId").asText());
    }

    private static String outcome(HttpResponse<String> answer) {
        var body = body(answer);
        var isTool = answer.uri().getPath().startsWith("/internal/tools/");
        var status = answer.statusCode();
        if (isTool ? status == 200 && body.has("result") : status == 201) {
            return "booked";
        }
        var isRefused = isTool
                ? status == 200 && body.path("error").asText().contains("is not available")
                : status == 409 && body.path("type").asText().endsWith("appointment_slot_taken");
        return isRefused ? "refused" : status + " " + answer.body();
    }

    private static HttpRequest book(int nth, String time) {
        var body = Map.of(
                "contactId", contact,
                "serviceType", "Cleaning",
                "scheduledAt", time,
                "durationMinutes", 30,
                "assigneeId", person);
        return post(nth, "/api/appointments", tenant.api.authorization(), body);
    }

    /** For the same contact as the others', and for one of its own. */
    private static HttpRequest useTool(int nth, String time) {
        var phone = nth % 3 == 0 ? "+15555550100" : "+155555502" + (10 + nth);
        var body = Map.of("phone", phone, "serviceType", "Cleaning", "scheduledAt", time, "durationMinutes", "30");
        return post(nth, "/internal/tools/book_appointment", voice, body);
    }

    private static HttpRequest post(int nth, String path, String authorization, Map<String, ?> body) {
        var url = nth % 2 == 0 ? running.suite.ports().url(Service.CRM) : "http://127.0.0.1:" + second.port();
        return request(url + path, authorization)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(json(body)))
                .build();
    }

    private static HttpRequest.Builder request(String url, String authorization) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json");
    }

    /** As voice-service gets it to act for the organization. */
    private static String serviceToken(String orgId) {
        try {
            var secret =
                    Files.readString(Path.of(running.environment(Service.VOICE).get("SWITCHBOARD_CLIENT_SECRET_FILE")));
            var form = Map.of(
                    "grant_type", "client_credentials",
                    "client_id", "voice-service",
                    "client_secret", secret.strip(),
                    "resource", "crm-service",
                    "org_id", orgId);
            var encoded = form.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .toList();
            var request = HttpRequest.newBuilder(
                            URI.create(running.suite.ports().url(Service.AUTH) + "/oauth2/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(String.join("&", encoded)))
                    .build();
            var answer = CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .join();
            return body(answer).path("access_token").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode body(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(answer.statusCode() + " " + answer.body(), e);
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
