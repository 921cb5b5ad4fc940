package io.switchboard.audit.event;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.audit.SampleEvents;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.vertx.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Batches that are small only as long as they are packed. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BatchesAtOnceTest {
    final Caller acme = Caller.adminOfNewOrg();

    @Test
    void two_batches_are_recorded_and_others_get_503() throws Exception {
        var batch = packed(1_000, 30_000);
        var answers = at(16, () -> post(batch));
        for (var answer : answers) {
            if (answer.statusCode() != 200) {
                answer.then()
                        .statusCode(503)
                        .header("Retry-After", "1")
                        .contentType("application/problem+json")
                        .body("type", endsWith("unavailable"));
            }
        }
        var taken =
                answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        assertTrue(taken.size() >= 2 && taken.size() < 16, taken.size() + " taken");
        int recorded =
                taken.stream().mapToInt(answer -> answer.path("accepted")).sum();
        assertEquals(1_000, recorded);
    }

    @Test
    void a_refused_batch_frees_its_room() throws Exception {
        var bad = "{".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 8; i++) {
            post(bad).then().statusCode(400);
        }
        post(packed(1, 10)).then().statusCode(200).body("accepted", is(1));
    }

    private static List<Response> at(int once, Callable<Response> call) throws Exception {
        var callers = Executors.newFixedThreadPool(once);
        try {
            return callers.invokeAll(Collections.nCopies(once, call)).stream()
                    .map(future -> {
                        try {
                            return future.get();
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        } finally {
            callers.shutdown();
        }
    }

    private byte[] packed(int events, int length) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(IntStream.range(0, events)
                    .mapToObj(i -> Json.encode(
                            SampleEvents.event(acme.orgId(), "newData", Map.of("text", "y".repeat(length)))))
                    .collect(Collectors.joining(",", "[", "]"))
                    .getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Response post(byte[] packed) {
        return SampleEvents.CRM
                .request()
                .header("Content-Encoding", "gzip")
                .body(packed)
                .post("/api/audit/events");
    }
}
