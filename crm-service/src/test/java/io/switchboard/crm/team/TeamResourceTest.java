package io.switchboard.crm.team;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TeamResourceTest {
    final Caller admin = Caller.adminOfNewOrg();
    final Caller agent = admin.colleague("agent");
    final Caller globex = Caller.adminOfNewOrg();

    @Test
    void a_team_is_shown_as_it_was_made() {
        var made = admin.post(
                        "/api/teams",
                        Map.of(
                                "name",
                                " Support ",
                                "description",
                                "Second level",
                                "metadata",
                                Map.of("floor", 3),
                                "isDefault",
                                true))
                .then()
                .statusCode(201)
                .header("ETag", is("\"0\""))
                .body("name", is("Support"))
                .body("description", is("Second level"))
                .body("metadata.floor", is(3))
                .body("isDefault", is(true))
                .body("createdAt", notNullValue())
                .body("updatedAt", notNullValue())
                .extract();
        String id = made.path("id");
        assertEquals("/api/teams/" + id, made.header("Location"));
        assertEquals(
                made.<Map<String, ?>>path(""), agent.get("/api/teams/" + id).path(""));
        globex.get("/api/teams/" + id).then().statusCode(404).body("type", endsWith("team_not_found"));
    }

    @Test
    void a_name_is_taken_once_in_an_organization() {
        create("Support");
        admin.post("/api/teams", Map.of("name", "Support "))
                .then()
                .statusCode(409)
                .body("type", endsWith("team_name_taken"));
        globex.post("/api/teams", Map.of("name", "Support")).then().statusCode(201);
        revise(create("Sales"), Map.of("name", "Support")).statusCode(409).body("type", endsWith("team_name_taken"));
    }

    @Test
    void only_admins_write() {
        var id = create("Support");
        agent.post("/api/teams", Map.of("name", "Mine")).then().statusCode(403);
        agent.patch("/api/teams/" + id, Map.of("name", "Mine")).then().statusCode(403);
        agent.delete("/api/teams/" + id).then().statusCode(403);
        admin.colleague("customer").get("/api/teams").then().statusCode(403);
        agent.get("/api/teams").then().body("items.name", contains("Support"));
    }

    @Test
    void a_new_default_team_replaces_the_old_one() {
        var first = create("First", "isDefault", true);
        var second = create("Second", "isDefault", true);
        defaults("Second");
        revise(first, Map.of("isDefault", true)).statusCode(200).body("isDefault", is(true));
        defaults("First");
        admin.get("/api/teams/" + second).then().header("ETag", is("\"1\""));
        revise(first, Map.of("isDefault", false)).statusCode(200);
        defaults();
        globex.post("/api/teams", Map.of("name", "Theirs", "isDefault", true));
        create("Third", "isDefault", true);
        defaults("Third");
        globex.get("/api/teams").then().body("items.isDefault", contains(true));
    }

    @Test
    void a_change_leaves_what_it_does_not_name() {
        var id = create("Support", "description", "Second level", "metadata", Map.of("floor", 3, "phone", "12"));
        revise(id, Map.of("metadata", Map.of("floor", 4)))
                .statusCode(200)
                .header("ETag", is("\"1\""))
                .body("name", is("Support"))
                .body("metadata", is(Map.of("floor", 4, "phone", "12")));
        var away = new HashMap<String, Object>();
        away.put("description", null);
        revise(id, away).body("description", nullValue());
        revise(id, Map.of("name", "Support")).header("ETag", is("\"2\""));
        admin.request()
                .header("If-Match", "\"1\"")
                .contentType("application/merge-patch+json")
                .body(Map.of("name", "Late"))
                .patch("/api/teams/" + id)
                .then()
                .statusCode(412);
        admin.request()
                .header("If-Match", "\"1\"")
                .delete("/api/teams/" + id)
                .then()
                .statusCode(412);
        admin.request()
                .header("If-Match", "\"2\"")
                .delete("/api/teams/" + id)
                .then()
                .statusCode(204);
        admin.delete("/api/teams/" + id).then().statusCode(404);
    }

    @Test
    void values_out_of_range_are_refused_by_name() {
        for (var wrong : Map.<String, Object>of(
                        "name", " ",
                        "description", "x".repeat(2_001),
                        "metadata", Map.of("big", "x".repeat(9_000)))
                .entrySet()) {
            var form = new HashMap<String, Object>(Map.of("name", "Support"));
            form.put(wrong.getKey(), wrong.getValue());
            admin.post("/api/teams", form).then().statusCode(422).body("errors[0].field", is(wrong.getKey()));
        }
        admin.post("/api/teams", Map.of("name", "x".repeat(121))).then().statusCode(422);
        admin.post("/api/teams", Map.of("name", "x", "members", List.of()))
                .then()
                .statusCode(400);
        admin.get("/api/teams").then().body("items.size()", is(0));
    }

    @Test
    void the_list_goes_by_name_from_page_to_page() {
        for (var name : List.of("Sales", "Billing", "support", "Ärger", "Support")) {
            create(name);
        }
        var whole = agent.get("/api/teams").<List<String>>path("items.name");
        assertEquals(5, whole.size());
        assertEquals(
                List.of("Billing", "Sales"),
                whole.stream().filter(List.of("Billing", "Sales")::contains).toList());
        var paged = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            var page = agent.get("/api/teams?limit=2&cursor=" + cursor);
            paged.addAll(page.<List<String>>path("items.name"));
            cursor = page.path("nextCursor");
        }
        assertEquals(whole, paged);
        agent.get("/api/teams?limit=2&cursor=garbage").then().statusCode(400).body("type", endsWith("invalid_cursor"));
    }

    private void defaults(String... names) {
        assertEquals(List.of(names), admin.get("/api/teams").path("items.findAll { it.isDefault }.name"));
    }

    private ValidatableResponse revise(String id, Map<String, ?> patch) {
        return admin.patch("/api/teams/" + id, patch).then();
    }

    private String create(String name, Object... more) {
        var form = new HashMap<String, Object>(Map.of("name", name));
        for (int i = 0; i < more.length; i += 2) {
            form.put((String) more[i], more[i + 1]);
        }
        return admin.post("/api/teams", form).then().statusCode(201).extract().path("id");
    }
}
