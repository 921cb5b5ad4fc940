package io.switchboard.voice.statistics;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.VoiceProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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
    void users_have_their_agents_ended_calls_and_tokens_of_this_month() {
        var owner = UUID.randomUUID();
        var other = UUID.randomUUID();
        count(owner, 2, "date_trunc('month', now() at time zone 'UTC')", 30, 700);
        count(owner, 0, "date_trunc('month', now() at time zone 'UTC') - interval '1 month'", 5, 50);
        var users = List.of(owner.toString(), other.toString());
        var answer = Caller.service("auth-service", acme).get(STATISTICS + "/users?ids=" + String.join(",", users));
        var suite = Caller.service("auth-service", null).post(STATISTICS + "/suite/users", form(users));
        for (var found : List.of(answer, suite)) {
            found.then()
                    .log()
                    .ifValidationFails()
                    .statusCode(200)
                    .body("items.userId", contains(owner.toString(), other.toString()))
                    .body("items.agents", contains(2, 0))
                    .body("items.callsThisMonth", contains(30, 0))
                    .body("items.tokensThisMonth", contains(700, 0));
        }
        Caller.service("auth-service", acme)
                .get(STATISTICS)
                .then()
                .body("agents", is(2))
                .body("tokensThisMonth", is(700));
        Caller.service("auth-service", UUID.randomUUID())
                .get(STATISTICS + "/users?ids=" + owner)
                .then()
                .body("items.tokensThisMonth", contains(0));
    }

    @Test
    void as_many_users_are_asked_for_as_a_page_has() {
        var ids = Stream.generate(() -> UUID.randomUUID().toString()).limit(201).toList();
        var service = Caller.service("auth-service", acme);
        service.get(STATISTICS + "/users?ids=" + String.join(",", ids.subList(0, 200)))
                .then()
                .statusCode(200)
                .body("items.userId", is(ids.subList(0, 200)));
        service.get(STATISTICS + "/users?ids=" + String.join(",", ids)).then().statusCode(400);
        var suite = Caller.service("auth-service", null);
        suite.post(STATISTICS + "/suite/users", form(ids.subList(0, 200)))
                .then()
                .statusCode(200)
                .body("items.userId", is(ids.subList(0, 200)));
        suite.post(STATISTICS + "/suite/users", form(ids)).then().statusCode(422);
    }

    private Map<String, ?> form(List<String> users) {
        return Map.of(
                "users",
                users.stream()
                        .map(user -> Map.of("orgId", acme, "userId", user))
                        .toList());
    }

    @Test
    void ids_that_are_none_are_refused() {
        var service = Caller.service("auth-service", acme);
        service.get(STATISTICS + "/users?ids=1").then().statusCode(400).body("errors.field", contains("ids"));
        service.get(STATISTICS + "/users").then().statusCode(200).body("items", hasSize(0));
        Caller.service("auth-service", null)
                .post(STATISTICS + "/suite/users", Map.of())
                .then()
                .statusCode(422);
    }

    private void count(UUID owner, int agents, String month, int calls, int tokens) {
        Sql.superuser()
                .run(
                        "insert into agent_counts (org_id, owner_id, agents) values ('%s', '%s', %d) on conflict do nothing"
                                .formatted(acme, owner, agents),
                        "insert into usage_months (org_id, user_id, month, runs, calls, tokens) values ('%s', '%s', (%s)::date, 40, %d, %d)"
                                .formatted(acme, owner, month, calls, tokens));
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
