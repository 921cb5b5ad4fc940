package io.switchboard.audit.log;

import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Refused readers of the log are on record in it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RefusalsTest {
    private static final String REFUSED = "/api/audit/logs?action=access_refused";

    final Caller admin = Caller.adminOfNewOrg();

    @Test
    void ten_refused_reads_are_one_record_that_the_admin_reads() {
        var agent = admin.colleague("agent");
        for (int i = 0; i < 12; i++) {
            agent.get("/api/audit/logs").then().statusCode(403);
        }
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> admin.get(REFUSED)
                .then()
                .body("items", hasSize(1))
                .body("items[0].actorId", is(agent.id().toString()))
                .body("items[0].outcome", is("failure"))
                .body("items[0].service", is("audit-service"))
                .body("items[0].newData.forbidden", is(10))
                .body("items[0].newData.operations", is(java.util.Map.of("GET /api/audit/logs", 10))));
        assertEquals(
                0,
                Caller.adminOfNewOrg()
                        .get(REFUSED)
                        .<java.util.List<?>>path("items")
                        .size());
    }
}
