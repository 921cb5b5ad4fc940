package io.switchboard.voice.usage;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.People;
import io.switchboard.voice.VoiceProfile;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class UsageExportTest {
    private static final String EXPORT = "/api/usage/export.csv";

    final Caller acme = Caller.adminOfNewOrg();

    @Test
    void a_file_has_the_usage_that_the_caller_sees() {
        var owner = QuotaOwners.create(acme, "user", 1_000);
        var agent = People.agent(owner);
        owner.post("/api/agents/" + agent + "/runs", QuotaOwners.run(5)).then().statusCode(201);
        owner.post("/api/agents/" + agent + "/runs", QuotaOwners.run(7)).then().statusCode(201);
        var today = LocalDate.now(ZoneOffset.UTC);
        var file = "day,userId,agentId,source,runs,tokens,seconds,cost\r\n%s,%s,%s,api,2,12,120,0.5\r\n"
                .formatted(today, owner.id(), agent);
        for (var caller : List.of(owner, acme, acme.colleague("enterprise"))) {
            var answer = caller.get(EXPORT);
            answer.then()
                    .statusCode(200)
                    .contentType(startsWith("text/csv"))
                    .header("Content-Disposition", endsWith("\"usage.csv\""));
            assertEquals(file, answer.asString());
        }
        var audited = AuditTrail.await(1, acme.orgId(), "export").get(0);
        assertEquals("user_usage_tracking", audited.getString("resourceType"));
        assertEquals(1, audited.getJsonObject("newData").getInteger("rows"));
        var none = "day,userId,agentId,source,runs,tokens,seconds,cost\r\n";
        assertEquals(none, acme.colleague("user").get(EXPORT).asString());
        assertEquals(none, Caller.adminOfNewOrg().get(EXPORT).asString());
        assertEquals(none, owner.get(EXPORT + "?from=2026-01-01&to=2026-01-31").asString());
    }

    @Test
    void a_long_file_has_each_row_once() {
        Sql.superuser()
                .run(
                        "insert into user_usage_tracking (org_id, user_id, day, agent_id, source, runs, tokens, seconds, cost)"
                                + " select '" + acme.orgId() + "', md5('user ' || u)::uuid, date '2026-03-01' + d,"
                                + " md5('agent ' || u || ' ' || a)::uuid, s, 1, 2, 3, 0 from generate_series(1, 9) u,"
                                + " generate_series(0, 30) d, generate_series(1, 2) a, unnest(array['api', 'call', 'widget']) s");
        var lines = acme.get(EXPORT + "?from=2026-03-01&to=2026-03-31")
                .asString()
                .lines()
                .skip(1)
                .toList();
        assertEquals(9 * 31 * 3 * 2, lines.size());
        assertEquals(lines.size(), new TreeSet<>(lines).size());
    }

    @Test
    void a_user_s_long_file_has_each_row_once_and_no_other_day() {
        var ada = acme.colleague("user");
        Sql.superuser()
                .run(
                        "insert into user_usage_tracking (org_id, user_id, day, agent_id, source, runs, tokens, seconds, cost)"
                                + " select '" + acme.orgId() + "', '" + ada.id() + "', date '2026-02-28' + d,"
                                + " md5('agent ' || a)::uuid, s, 1, 2, 3, 0 from generate_series(0, 32) d,"
                                + " generate_series(1, 20) a, unnest(array['api', 'call', 'widget']) s");
        var lines = ada.get(EXPORT + "?from=2026-03-01&to=2026-03-31")
                .asString()
                .lines()
                .skip(1)
                .toList();
        assertEquals(31 * 20 * 3, lines.size());
        assertEquals(lines.size(), new TreeSet<>(lines).size());
    }

    @Test
    void head_answers_as_get_without_the_file() {
        acme.request()
                .head(EXPORT)
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .header("Content-Disposition", endsWith("\"usage.csv\""))
                .body(is(""));
        acme.request().head(EXPORT + "?from=x").then().statusCode(400);
        given().head(EXPORT).then().statusCode(401);
    }

    @Test
    void days_that_cannot_be_exported_are_refused() {
        acme.get(EXPORT + "?from=2026-02-02&to=2026-02-01").then().statusCode(422);
        acme.get(EXPORT + "?from=2024-02-02&to=2026-02-01").then().statusCode(422);
        acme.get(EXPORT + "?from=x").then().statusCode(400);
        acme.get(EXPORT + "?to=2026-02-01&to=2026-02-02").then().statusCode(400);
        acme.colleague("agent").get(EXPORT).then().statusCode(403);
    }
}
