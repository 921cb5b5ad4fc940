package io.switchboard.crm.template;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.Colleagues;
import io.switchboard.crm.Plans;
import io.switchboard.crm.ticket.HelpDesk;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ResponseTemplateTest {
    final HelpDesk desk = new HelpDesk();
    final Caller agent = desk.agent();

    @Test
    void staff_share_templates() {
        var team = desk.team();
        var macro = JsonObject.of(
                "status",
                "pending",
                "priority",
                "high",
                "addTags",
                List.of("vip"),
                "assign",
                JsonObject.of("teamId", team.toString(), "strategy", "round_robin"));
        var id = add(JsonObject.of(
                        "title",
                        "Restart",
                        "content",
                        "Hello",
                        "teamId",
                        team.toString(),
                        "tags",
                        List.of("app"),
                        "set",
                        macro))
                .statusCode(201)
                .body("title", is("Restart"))
                .body("content", is("Hello"))
                .body("teamId", is(team.toString()))
                .body("authorId", is(agent.id().toString()))
                .body("tags", contains("app"))
                .body("set.status", is("pending"))
                .body("set.priority", is("high"))
                .body("set.addTags", contains("vip"))
                .body("set.assign.teamId", is(team.toString()))
                .body("set.assign.strategy", is("round_robin"))
                .extract()
                .<String>path("id");
        add(JsonObject.of("title", "Other", "content", "x")).statusCode(201).body("set", nullValue());
        desk.admin.get("/api/templates").then().statusCode(200).body("items.title", contains("Other", "Restart"));
        desk.admin.get("/api/templates?teamId={id}", team).then().body("items.title", contains("Restart"));
        desk.admin.get("/api/templates/{id}", id).then().statusCode(200).header("ETag", "\"0\"");
        new HelpDesk().admin.get("/api/templates").then().body("items", hasSize(0));
        desk.customer().get("/api/templates").then().statusCode(403);
        desk.admin.delete("/api/templates/{id}", id).then().statusCode(204);
        desk.admin.get("/api/templates/{id}", id).then().statusCode(404).body("type", endsWith("template_not_found"));
    }

    @Test
    void a_patch_changes_what_it_names() {
        var id = add(JsonObject.of(
                        "title",
                        "Restart",
                        "content",
                        "Hello",
                        "set",
                        JsonObject.of("status", "open", "priority", "low")))
                .extract()
                .<String>path("id");
        patch(id, "{\"title\": \"Again\", \"set\": {\"status\": null, \"addTags\": [\"a\"]}}")
                .statusCode(200)
                .body("title", is("Again"))
                .body("content", is("Hello"))
                .body("set.status", nullValue())
                .body("set.priority", is("low"))
                .body("set.addTags", contains("a"));
        patch(id, "{\"content\": null}").statusCode(200).body("content", nullValue());
        patch(id, "{\"set\": null}").statusCode(422).body("errors.field", contains("content"));
        patch(id, "{\"content\": \"x\", \"set\": null}").statusCode(200).body("set", nullValue());
        desk.admin
                .request()
                .header("If-Match", "\"0\"")
                .body("{\"title\": \"Late\"}")
                .contentType("application/merge-patch+json")
                .patch("/api/templates/{id}", id)
                .then()
                .statusCode(412);
    }

    @Test
    void what_does_not_exist_or_fit_is_refused() {
        var stranger = new HelpDesk();
        refused("content", JsonObject.of());
        refused("content", JsonObject.of("content", " "));
        refused("content", JsonObject.of("content", "x".repeat(20_001)));
        refused(
                "teamId",
                JsonObject.of("content", "x", "teamId", stranger.team().toString()));
        refused("set.status", JsonObject.of("set", JsonObject.of("status", "new")));
        refused("set.assign.agentId", assigning("agentId", desk.customer().id()));
        refused(
                "set.assign.agentId",
                assigning("agentId", Colleagues.left("agent", desk.org).id()));
        refused("set.assign.teamId", assigning("teamId", stranger.team()));
        agent.post("/api/templates", "{\"title\": \"x\", \"set\": {\"status\": \"done\"}}")
                .then()
                .statusCode(400)
                .body("type", endsWith("malformed_field"));
        desk.admin.get("/api/templates").then().body("items", hasSize(0));
    }

    @Test
    void a_team_that_is_deleted_leaves_its_templates_behind() {
        var team = desk.team();
        var id = add(JsonObject.of("title", "x", "content", "y", "teamId", team.toString())
                        .mergeIn(assigning("teamId", team)))
                .statusCode(201)
                .extract()
                .<String>path("id");
        desk.run("delete from teams where id = '" + team + "'");
        desk.admin
                .get("/api/templates/{id}", id)
                .then()
                .statusCode(200)
                .body("teamId", nullValue())
                .body("set", nullValue());
    }

    @Test
    void a_page_of_the_list_reads_only_itself() {
        var org = UUID.randomUUID();
        var team = UUID.randomUUID();
        try (var superuser = Sql.superuser().withoutTriggers().open()) {
            superuser.run(
                    "insert into response_templates (org_id, title, content, team_id, created_at) select '%s', 'x', 'y', %s, now() - n * interval '1 s' from generate_series(1, 10000) n"
                            .formatted(org, "case when n % 3 = 0 then '" + team + "'::uuid end"),
                    "analyze response_templates");
            try (var app = Sql.app(org, UUID.randomUUID(), "agent").open()) {
                for (var after :
                        Arrays.asList(null, Cursor.at(OffsetDateTime.now().minusHours(1), new UUID(-1, -1)))) {
                    Plans.readsOnlyThePage(app, ResponseTemplates.query(org, null, Plans.page(after)));
                    Plans.readsOnlyThePage(app, ResponseTemplates.query(org, team, Plans.page(after)));
                }
            }
            assertEquals(10_000, superuser.run("delete from response_templates where org_id = '" + org + "'"));
        }
    }

    private static JsonObject assigning(String field, UUID id) {
        return JsonObject.of("set", JsonObject.of("assign", JsonObject.of(field, id.toString())));
    }

    private void refused(String field, JsonObject template) {
        add(template.put("title", "x")).statusCode(422).body("errors.field", contains(field));
    }

    private ValidatableResponse add(JsonObject template) {
        return agent.post("/api/templates", template.encode()).then();
    }

    private ValidatableResponse patch(String id, String patch) {
        return agent.patch("/api/templates/{id}", patch, id).then();
    }
}
