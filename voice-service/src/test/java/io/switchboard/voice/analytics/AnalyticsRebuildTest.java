package io.switchboard.voice.analytics;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.VoiceProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class AnalyticsRebuildTest {
    private static final String DASHBOARD = "/api/analytics/dashboard?by=provider";

    private final Caller acme = Caller.adminOfNewOrg();

    @Test
    void a_rebuild_mends_the_days_that_are_wrong() {
        for (int daysAgo = 0; daysAgo < 4; daysAgo++) {
            CallsBySql.insert(
                    acme,
                    "vapi",
                    "inbound",
                    daysAgo,
                    "ended, true, human, 60, 1.5, USD, true, 100, done",
                    "null, null, null");
        }
        spoil("update call_analytics set calls = calls + 100", 1);
        spoil("delete from call_breakdowns", 3);
        acme.get(DASHBOARD).then().body("totalCalls", is(104));
        var queued = acme.post("/api/analytics/rebuild", Map.of());
        queued.then().statusCode(202).body("status", is("queued")).body("mendedDays", nullValue());
        var job = "/api/analytics/rebuild/" + queued.path("id");
        await().untilAsserted(() -> acme.get(job).then().body("status", is("completed")));
        acme.get(job).then().statusCode(200).body("mendedDays", is(2)).body("finishedAt", notNullValue());
        acme.get(DASHBOARD)
                .then()
                .body("totalCalls", is(4))
                .body("breakdown.key", contains("vapi"))
                .body("breakdown.calls", contains(4));
        Caller.adminOfNewOrg().get(job).then().statusCode(404).body("type", endsWith("analytics_rebuild_not_found"));
        acme.colleague("agent").get(job).then().statusCode(403);
    }

    private void spoil(String statement, int daysAgo) {
        Sql.superuser()
                .run(statement + " where org_id = '" + acme.orgId()
                        + "' and local_day = (now() at time zone 'UTC')::date - " + daysAgo);
    }
}
