package io.switchboard.voice.agent;

import static io.switchboard.voice.agent.Owners.AGENTS;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.voice.VoiceProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees and changes a voice agent: through the API, and by SQL as the app role. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class AgentRolesTest {
    private final UUID org = UUID.randomUUID();
    private final Caller owner = Owners.signedUp("user", org, 10);
    private String agent;

    @BeforeEach
    void create() {
        agent = Owners.createAgent(owner, "Front desk");
    }

    /** Show, list versions, change, restore, delete. */
    private List<Integer> answers(Caller caller) {
        var path = AGENTS + "/" + agent;
        var answers = new ArrayList<Response>();
        answers.add(caller.get(path));
        answers.add(caller.get(path + "/versions"));
        answers.add(caller.patch(path, Map.of("name", "By " + caller.id())));
        answers.add(caller.post(path + "/versions/1/restore", Map.of()));
        answers.add(caller.delete(path));
        return answers.stream().map(Response::statusCode).collect(Collectors.toList());
    }

    @Test
    void the_owner_may_do_everything() {
        assertEquals(List.of(200, 200, 200, 200, 204), answers(owner));
    }

    @Test
    void an_admin_may_do_everything() {
        assertEquals(List.of(200, 200, 200, 200, 204), answers(Caller.of("admin", org)));
    }

    @Test
    void an_enterprise_user_only_reads_another_s() {
        var enterprise = Owners.signedUp("enterprise", org, 3);
        assertEquals(List.of(200, 200, 403, 403, 403), answers(enterprise));
        var own = Owners.createAgent(enterprise, "Own");
        enterprise.get(AGENTS).then().body("items.id", contains(own, agent));
        enterprise.patch(AGENTS + "/" + own, Map.of("name", "Mine")).then().statusCode(200);
        unchanged();
    }

    @Test
    void a_user_does_not_see_another_s() {
        var other = Owners.signedUp("user", org, 3);
        assertEquals(List.of(404, 404, 404, 404, 404), answers(other));
        other.get(AGENTS).then().statusCode(200).body("items", hasSize(0));
        other.get(AGENTS + "?ownerId=" + owner.id()).then().body("items", hasSize(0));
        unchanged();
    }

    @Test
    void another_organization_does_not_see_it() {
        assertEquals(List.of(404, 404, 404, 404, 404), answers(Caller.adminOfNewOrg()));
        unchanged();
    }

    @Test
    void staff_customers_and_clients_may_do_nothing() {
        for (var role : List.of("agent", "customer", "client")) {
            var caller = Caller.of(role, org);
            assertEquals(List.of(403, 403, 403, 403, 403), answers(caller), role);
            caller.get(AGENTS).then().statusCode(403);
            caller.post(AGENTS, Map.of("name", "Mine")).then().statusCode(403);
        }
        unchanged();
    }

    private void unchanged() {
        owner.get(AGENTS + "/" + agent).then().body("name", is("Front desk"));
    }

    @Test
    void row_security_draws_the_same_lines() {
        var stranger = UUID.randomUUID();
        rows(Sql.app(org, owner.id(), "user"), 1, 1);
        rows(Sql.app(org, stranger, "admin"), 1, 1);
        rows(Sql.app(org, null, "service"), 1, 1);
        rows(Sql.app(org, stranger, "enterprise"), 1, 0);
        rows(Sql.app(org, stranger, "user"), 0, 0);
        rows(Sql.app(org, stranger, "agent"), 0, 0);
        rows(Sql.app(org, stranger, "customer"), 0, 0);
        rows(Sql.app(org, owner.id(), "enterprise"), 1, 1);
        for (var otherRole : List.of("agent", "customer", "client")) {
            rows(Sql.app(org, owner.id(), otherRole), 0, 0);
        }
        rows(Sql.app(org, null, "client").with("app.client_id", stranger), 0, 0);
        rows(Sql.app(UUID.randomUUID(), owner.id(), "admin"), 0, 0);
        rows(Sql.superuser().app(), 0, 0);
    }

    private void rows(Sql sql, int seen, int changed) {
        assertEquals(seen, sql.number("select count(*) from agents where id = '" + agent + "'"));
        assertEquals(seen, sql.number("select count(*) from agent_versions where agent_id = '" + agent + "'"));
        assertEquals(changed, sql.run("update agents set name = name || '.' where id = '" + agent + "'"));
    }

    @Test
    void nobody_makes_or_forges_what_is_another_s_by_sql() {
        var enterprise = Sql.app(org, UUID.randomUUID(), "enterprise").with("app.max_agents", "5");
        refused(
                enterprise,
                "insert into agents (org_id, owner_id, name) values ('" + org + "', '" + owner.id() + "', 'Sly')");
        refused(
                enterprise,
                "insert into agent_versions (org_id, agent_id, version, changed, content) values ('" + org + "', '"
                        + agent + "', 7, '{}', '{}')");
        var user = Sql.app(org, owner.id(), "user");
        refused(user, "update agents set owner_id = '" + UUID.randomUUID() + "'");
        refused(user, "update agent_versions set content = '{}'");
        refused(user, "delete from agent_versions");
        for (var role : List.of("agent", "customer", "client")) {
            refused(
                    Sql.app(org, owner.id(), role).with("app.max_agents", "5"),
                    "insert into agents (org_id, owner_id, name) values ('" + org + "', '" + owner.id() + "', 'Sly')");
        }
    }

    @Test
    void a_user_sees_no_counts_of_others() {
        var count = "select count(*) from agent_counts";
        assertEquals(1, Sql.app(org, owner.id(), "user").number(count));
        for (var role : List.of("admin", "enterprise", "service")) {
            assertEquals(1, Sql.app(org, UUID.randomUUID(), role).number(count), role);
        }
        for (var role : List.of("user", "agent", "customer", "client")) {
            assertEquals(0, Sql.app(org, UUID.randomUUID(), role).number(count), role);
        }
    }

    @Test
    void another_organization_learns_nothing_of_an_owner_s_limit() {
        var stranger = Sql.app(UUID.randomUUID(), UUID.randomUUID(), "admin");
        var refusal = assertThrows(
                SqlRefusal.class,
                () -> stranger.run("insert into agents (org_id, owner_id, name) values ('" + org + "', '"
                        + UUID.randomUUID() + "', 'Sly')"));
        assertTrue(refusal.getMessage().contains("row-level security"), refusal.getMessage());
    }

    private static void refused(Sql sql, String statement) {
        assertThrows(SqlRefusal.class, () -> sql.run(statement), statement);
    }
}
