package io.switchboard.crm;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One tenant's slow work in the database, and what another one notices of it: nothing. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class FairShareTest {
    private static final int PRESSING = 40; // more than there are connections
    private static final String PHONE = "+4930123456";
    final Caller acme = Caller.adminOfNewOrg(), globex = Caller.adminOfNewOrg();

    @Test
    void a_tenant_that_takes_all_it_can_leaves_room_for_others() throws Exception {
        put(acme).then().statusCode(201);
        globex.get("/api/contacts").then().statusCode(200);
        var threads = Executors.newFixedThreadPool(PRESSING);
        try (var lock = Sql.superuser().open()) {
            lock.begin();
            lock.run("select from contacts where org_id = '" + acme.orgId() + "' for update");
            var pressing = IntStream.range(0, PRESSING)
                    .mapToObj(one -> CompletableFuture.supplyAsync(() -> put(acme), threads))
                    .toList();
            await().atMost(ofSeconds(20)).untilAsserted(() -> assertTrue(waitingForLocks() > 1));
            for (int reads = 0; reads < 20; reads++) {
                globex.get("/api/contacts").then().statusCode(200).time(lessThan(1_500L));
            }
            put(globex).then().statusCode(201);
            pressing.forEach(request -> request.join().then().statusCode(503));
            lock.rollback();
        } finally {
            threads.shutdown();
        }
        await().atMost(ofSeconds(20)).untilAsserted(() -> put(acme).then().statusCode(200));
    }

    @Test
    void a_search_for_a_letter_or_two_has_a_second() {
        try (var lock = Sql.superuser().open()) {
            lock.begin();
            lock.run("lock table contacts in access exclusive mode");
            for (var words : List.of("a", "ab", "%", "ö")) {
                acme.request()
                        .queryParam("q", words)
                        .get("/api/contacts")
                        .then()
                        .statusCode(422)
                        .body("type", endsWith("search_too_broad"));
            }
            acme.get("/api/contacts?q=ada").then().statusCode(503);
            lock.rollback();
        }
        acme.get("/api/contacts?q=a").then().statusCode(200);
    }

    private static long waitingForLocks() {
        return Sql.superuser()
                .number("select count(*) from pg_stat_activity where usename = 'crm_app' and wait_event_type = 'Lock'");
    }

    private static Response put(Caller caller) {
        return caller.put("/api/contacts/by-phone/{phone}", Map.of("name", "Ada"), PHONE);
    }
}
