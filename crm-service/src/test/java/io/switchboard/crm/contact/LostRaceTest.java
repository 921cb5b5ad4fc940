package io.switchboard.crm.contact;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of several changes of one version one wins, and all others learn the same. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LostRaceTest {
    private static final int ROUNDS = 10;
    private static final int AT_ONCE = 6;

    final Caller acme = Caller.agentOfNewOrg();

    @Test
    void a_race_lost_on_a_version_is_a_failed_precondition() throws Exception {
        String id = acme.post("/api/contacts", Map.of("name", "Ada")).path("id");
        for (int round = 0; round < ROUNDS; round++) {
            var tag = acme.get("/api/contacts/" + id).header("ETag");
            var statuses = raced(id, tag);
            assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses::toString);
            assertEquals(
                    AT_ONCE - 1,
                    statuses.stream().filter(status -> status == 412).count(),
                    statuses::toString);
        }
        acme.get("/api/contacts/" + id).then().header("ETag", is("\"" + ROUNDS + "\""));
    }

    @Test
    void one_lost_without_naming_a_version_is_a_conflict() throws Exception {
        String id = acme.post("/api/contacts", Map.of("name", "Ada")).path("id");
        for (var tag : new String[] {"", "*"}) {
            for (var status : raced(id, tag)) {
                assertEquals(status == 200 ? 200 : 409, status);
            }
        }
    }

    private List<Integer> raced(String id, String tag) throws InterruptedException {
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Integer>> changes = IntStream.range(0, AT_ONCE)
                    .<Callable<Integer>>mapToObj(i -> () -> changed(id, tag, i).statusCode())
                    .toList();
            return threads.invokeAll(changes).stream().map(LostRaceTest::result).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static int result(Future<Integer> change) {
        try {
            return change.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Response changed(String id, String tag, int i) {
        return acme.request()
                .contentType("application/merge-patch+json")
                .header("If-Match", tag)
                .body("{\"notes\": \"" + tag.hashCode() + " " + i + "\"}")
                .patch("/api/contacts/" + id);
    }
}
