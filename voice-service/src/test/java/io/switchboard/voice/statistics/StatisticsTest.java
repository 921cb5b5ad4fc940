package io.switchboard.voice.statistics;

import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.VoiceProfile;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class StatisticsTest {
    private static final String STATISTICS = "/internal/statistics";

    private final UUID acme = UUID.randomUUID();

    @Test
    void calls_are_counted_in_all_and_of_this_month() {
        insert(acme, "now()");
        insert(acme, "date_trunc('month', now(), 'UTC')");
        insert(acme, "date_trunc('month', now(), 'UTC') - interval '1 second'");
        insert(UUID.randomUUID(), "now()");
        Caller.service("auth-service", acme)
                .get(STATISTICS)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("calls", is(3))
                .body("callsThisMonth", is(2));
        Caller.service("auth-service", null)
                .get(STATISTICS + "/suite")
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("calls", greaterThanOrEqualTo(4))
                .body("callsThisMonth", greaterThanOrEqualTo(3));
    }

    @Test
    void an_organization_without_calls_has_none() {
        Caller.service("auth-service", acme)
                .get(STATISTICS)
                .then()
                .statusCode(200)
                .body("calls", is(0))
                .body("callsThisMonth", is(0));
    }

    @Test
    void only_auth_service_reads_statistics() {
        Caller.service("crm-service", acme).get(STATISTICS).then().statusCode(403);
        Caller.service("crm-service", null).get(STATISTICS + "/suite").then().statusCode(403);
        Caller.service("auth-service", null).get(STATISTICS).then().statusCode(403);
        Caller.adminOfNewOrg().get(STATISTICS).then().statusCode(403);
    }

    private static void insert(UUID org, String startedAt) {
        Sql.superuser()
                .run("insert into call_logs (org_id, provider, provider_call_id, status, started_at) values ('" + org
                        + "', 'vapi', gen_random_uuid()::text, 'ended', " + startedAt + ") returning id");
    }
}
