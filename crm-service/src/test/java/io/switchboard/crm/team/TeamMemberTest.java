package io.switchboard.crm.team;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TeamMemberTest {
    Caller admin;
    Caller ada;
    String members;

    @BeforeEach
    void join() {
        admin = Colleagues.joined("admin", UUID.randomUUID());
        ada = Colleagues.joined("agent", admin.orgId());
        members = "/api/teams/"
                + admin.post("/api/teams", Map.of("name", "Support")).path("id") + "/members";
    }

    @Test
    void who_is_in_the_team_already_stays_as_they_are() {
        join(Map.of("userId", ada.id(), "role", " lead "))
                .statusCode(201)
                .header("Location", is(members + "/" + ada.id()))
                .header("ETag", is("\"0\""))
                .body("userId", is(ada.id().toString()))
                .body("name", is("Jo"))
                .body("isActive", is(true))
                .body("role", is("lead"))
                .body("isAvailable", is(true))
                .body("maxOpenTickets", nullValue())
                .body("joinedAt", notNullValue());
        join(Map.of("userId", ada.id(), "role", "member"))
                .statusCode(200)
                .header("Location", nullValue())
                .body("role", is("lead"));
        ada.get(members).then().body("items.role", contains("lead"));
    }

    @Test
    void a_repeated_request_adds_nobody_twice() {
        var answers = Stream.generate(() -> admin.request()
                        .header("Idempotency-Key", "once")
                        .body(Map.of("userId", ada.id()))
                        .post(members))
                .limit(2)
                .toList();
        answers.forEach(answer -> answer.then().statusCode(201).header("Location", is(members + "/" + ada.id())));
        assertEquals(answers.get(0).asString(), answers.get(1).asString());
    }

    @Test
    void only_active_staff_of_the_organization_join() {
        for (var nobody : List.of(
                Caller.agentOfNewOrg(),
                Colleagues.left("agent", admin.orgId()),
                Colleagues.joined("customer", admin.orgId()),
                Colleagues.joined("agent", UUID.randomUUID()))) {
            PeerRequests.answer("/internal/members/" + nobody.id(), 404);
            join(Map.of("userId", nobody.id())).statusCode(422).body("errors[0].field", is("userId"));
        }
        join(Map.of()).statusCode(422).body("errors[0].field", is("userId"));
        join(Map.of("userId", ada.id(), "role", "x".repeat(51))).statusCode(422);
        admin.get(members).then().body("items", empty());
        join(Map.of("userId", admin.id())).statusCode(201).body("role", is("member"));
    }

    @Test
    void somebody_who_has_not_been_pushed_yet_is_asked_for() {
        var grace = UUID.randomUUID();
        PeerRequests.answer(
                "/internal/members/" + grace,
                200,
                "{\"name\": \"Grace\", \"email\": \"g@example.com\", \"role\": \"agent\", \"isActive\": true, \"version\": 1}");
        join(Map.of("userId", grace)).statusCode(201).body("name", is("Grace"));
    }

    @Test
    void admins_say_who_is_away_and_how_much_somebody_takes() {
        join(Map.of("userId", ada.id(), "role", "lead"));
        revise(Map.of("isAvailable", false, "maxOpenTickets", 3))
                .statusCode(200)
                .header("ETag", is("\"1\""))
                .body("role", is("lead"))
                .body("isAvailable", is(false))
                .body("maxOpenTickets", is(3));
        revise(nothing("maxOpenTickets", "role", "isAvailable"))
                .body("role", is("member"))
                .body("isAvailable", is(true))
                .body("maxOpenTickets", nullValue());
        for (var limit : List.of(0, 1_001)) {
            revise(Map.of("maxOpenTickets", limit)).statusCode(422).body("errors[0].field", is("maxOpenTickets"));
        }
        revise(Map.of("userId", admin.id())).statusCode(400);
        admin.request()
                .header("If-Match", "\"1\"")
                .contentType("application/merge-patch+json")
                .body(Map.of("role", "late"))
                .patch(members + "/" + ada.id())
                .then()
                .statusCode(412);
        ada.patch(members + "/" + ada.id(), Map.of("isAvailable", false)).then().statusCode(403);
        admin.patch(members + "/" + admin.id(), Map.of("isAvailable", false))
                .then()
                .statusCode(404)
                .body("type", endsWith("team_member_not_found"));
    }

    @Test
    void who_leaves_is_gone_and_may_come_back() {
        join(Map.of("userId", ada.id(), "role", "lead"));
        ada.delete(members + "/" + ada.id()).then().statusCode(403);
        admin.delete(members + "/" + ada.id()).then().statusCode(204);
        admin.delete(members + "/" + ada.id()).then().statusCode(404);
        admin.get(members).then().body("items", empty());
        join(Map.of("userId", ada.id())).statusCode(201).body("role", is("member"));
    }

    @Test
    void somebody_who_is_switched_off_is_shown_as_such() {
        join(Map.of("userId", ada.id()));
        var form = Map.of("name", "Jo", "email", "a@example.com", "role", "agent", "isActive", false, "version", 2);
        Caller.service("auth-service", admin.orgId()).put("/internal/members/" + ada.id(), form);
        admin.get(members).then().body("items.isActive", contains(false));
        join(Map.of("userId", ada.id())).statusCode(200);
    }

    @Test
    void a_full_team_takes_nobody_and_its_list_has_pages() {
        var org = admin.orgId();
        var team = members.split("/")[3];
        Sql.superuser()
                .run(
                        "insert into members (org_id, id, name, email, role, is_active, version) select '%s', uuid_v7(),"
                                        .formatted(org)
                                + " 'M ' || n, n || '@example.com', 'agent', true, 1 from generate_series(1, 499) n",
                        "insert into team_members (org_id, team_id, user_id) select org_id, '%s', id from members where org_id = '%s' and name like 'M %%'"
                                .formatted(team, org));
        join(Map.of("userId", ada.id())).statusCode(201);
        join(Map.of("userId", admin.id())).statusCode(409).body("type", endsWith("team_full"));
        join(Map.of("userId", ada.id())).statusCode(200);
        var seen = new HashMap<String, Integer>();
        String cursor = "";
        while (cursor != null) {
            var page = ada.get(members + "?limit=200&cursor=" + cursor);
            page.<List<String>>path("items.userId").forEach(user -> seen.merge(user, 1, Integer::sum));
            cursor = page.path("nextCursor");
        }
        assertEquals(500, seen.size());
        assertEquals(List.of(1), seen.values().stream().distinct().toList());
    }

    @Test
    void a_team_that_is_not_there_has_no_members() {
        var elsewhere = "/api/teams/" + UUID.randomUUID() + "/members";
        admin.get(elsewhere).then().statusCode(404).body("type", endsWith("team_not_found"));
        admin.post(elsewhere, Map.of("userId", ada.id())).then().statusCode(404);
        Caller.adminOfNewOrg().get(members).then().statusCode(404);
    }

    private ValidatableResponse join(Map<String, ?> form) {
        return admin.post(members, form).then();
    }

    private ValidatableResponse revise(Map<String, ?> patch) {
        return admin.patch(members + "/" + ada.id(), patch).then();
    }

    private static Map<String, Object> nothing(String... fields) {
        var patch = new HashMap<String, Object>();
        Arrays.stream(fields).forEach(field -> patch.put(field, null));
        return patch;
    }
}
