package io.switchboard.audit.event;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.audit.SampleEvents;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BodyTest {
    final Caller acme = Caller.adminOfNewOrg();

    @TestHTTPResource("/api/audit/events")
    URI url;

    @Test
    void a_packed_batch_of_a_thousand_is_taken() throws IOException {
        packed(events(1_000)).then().statusCode(200).body("accepted", is(1_000));
    }

    @Test
    void a_batch_of_more_events_is_too_large() throws IOException {
        packed(events(1_001)).then().statusCode(413).body("type", endsWith("too_many_events"));
    }

    @Test
    void a_batch_that_unpacks_to_many_parts_is_recorded_whole() throws IOException {
        var text = "x".repeat(60_000);
        var batch = IntStream.range(0, 200)
                .mapToObj(i -> Json.encode(SampleEvents.event(acme.orgId(), "newData", Map.of("text", text))))
                .collect(Collectors.joining(" ,\n", "\n[ ", " ] "));
        packed(batch).then().statusCode(200).body("accepted", is(200));
        packed(batch).then().statusCode(200).body("accepted", is(0), "duplicates", is(200));
    }

    @Test
    void an_event_of_more_than_a_mebibyte_is_rejected_alone() throws IOException {
        var large = Json.encode(SampleEvents.event(acme.orgId(), "newData", Map.of("text", "x".repeat(1024 * 1024))));
        packed("[" + large + "," + Json.encode(SampleEvents.event(acme.orgId())) + "]")
                .then()
                .statusCode(200)
                .body("accepted", is(1))
                .body("rejected[0].index", is(0))
                .body("rejected[0].reason", containsString("more than 1048576 bytes"));
    }

    @Test
    void a_bomb_is_cut_off_and_nothing_of_its_batch_is_kept() throws IOException {
        var head = "[" + Json.encode(SampleEvents.event(acme.orgId())) + ",\"";
        var bomb = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bomb)) {
            gzip.write(head.getBytes(StandardCharsets.UTF_8));
            var zeros = "0".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 500; i++) {
                gzip.write(zeros);
            }
        }
        post(bomb.toByteArray(), "gzip").then().statusCode(413).body("type", endsWith("body_too_large"));
        acme.get("/api/audit/logs").then().body("items.size()", is(0));
    }

    @Test
    void a_bomb_of_brackets_is_refused() throws IOException {
        packed("[".repeat(20_000_000)).then().statusCode(400);
    }

    @Test
    void a_plain_body_of_more_than_a_mebibyte_is_too_large_also_where_its_length_is_not_announced() throws Exception {
        var large = events(3_000).getBytes(StandardCharsets.UTF_8);
        post(large, null).then().statusCode(413);
        var request = HttpRequest.newBuilder(url)
                .header("Authorization", "Bearer " + SampleEvents.CRM.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        assertEquals(
                413,
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }

    @Test
    void what_is_no_array_is_malformed_and_nothing_of_it_is_kept() throws IOException {
        var event = Json.encode(SampleEvents.event(acme.orgId()));
        for (var body : new String[] {"", "{}", "7", "[", "[" + event, "[" + event + "]]", "[" + event + ",]", "[}"}) {
            post(body.getBytes(StandardCharsets.UTF_8), null).then().statusCode(400);
            packed(body).then().statusCode(400);
        }
        post(("[" + event + "]").getBytes(StandardCharsets.UTF_16LE), null)
                .then()
                .statusCode(400);
        post(("[\"\u00e9\"," + event + "]").getBytes(StandardCharsets.ISO_8859_1), null)
                .then()
                .statusCode(400);
        acme.get("/api/audit/logs").then().body("items.size()", is(0));
    }

    @Test
    void a_body_that_is_not_packed_as_said_is_malformed() throws IOException {
        post(events(1).getBytes(StandardCharsets.UTF_8), "gzip")
                .then()
                .statusCode(400)
                .body("type", endsWith("malformed_encoding"));
        var half = gzip(events(100));
        post(java.util.Arrays.copyOf(half, half.length / 2), "gzip").then().statusCode(400);
        post(gzip(events(1)), null).then().statusCode(400);
        post(gzip(events(1)), "br").then().statusCode(415);
    }

    private String events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Json.encode(SampleEvents.event(acme.orgId())))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static Response packed(String json) throws IOException {
        return post(gzip(json), "gzip");
    }

    private static byte[] gzip(String json) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Response post(byte[] body, String encoding) {
        var request = SampleEvents.CRM.request();
        if (encoding != null) {
            request.header("Content-Encoding", encoding);
        }
        return request.body(body).post("/api/audit/events");
    }
}
