package io.switchboard.voice.agent;

import static io.switchboard.voice.agent.Owners.AGENTS;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.voice.VoiceProfile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A plan's limit of voice agents holds, whatever is created at the same time. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class AgentLimitTest {
    private static final List<Integer> THREE_OF_FORTY = Stream.concat(
                    Collections.nCopies(3, 201).stream(), Collections.nCopies(37, 409).stream())
            .toList();

    private final UUID org = UUID.randomUUID();

    @Test
    void of_forty_parallel_creates_three_succeed() {
        var ada = Owners.joined("user", org, 3);
        assertEquals(THREE_OF_FORTY, Owners.createAtOnce(ada, 40));
        assertEquals(List.of("3"), counted(ada));
    }

    @Test
    void the_same_holds_right_after_sign_up() {
        var ada = Owners.signedUp("admin", org, 3);
        assertEquals(THREE_OF_FORTY, Owners.createAtOnce(ada, 40));
        assertEquals(List.of("3"), counted(ada));
    }

    @Test
    void the_refusal_names_the_limit_and_a_delete_makes_room() {
        var ada = Owners.signedUp("user", org, 1);
        var id = Owners.createAgent(ada, "One");
        ada.post(AGENTS, Map.of("name", "Two"))
                .then()
                .statusCode(409)
                .body("type", endsWith("agent_limit_reached"))
                .body("detail", is("agent limit reached"));
        ada.delete(AGENTS + "/" + id).then().statusCode(204);
        Owners.createAgent(ada, "Two");
    }

    @Test
    void the_copy_of_the_owner_outweighs_the_token() {
        var ada = Owners.signedUp("user", org, 3);
        Owners.push(ada, "user", 1, true);
        Owners.createAgent(ada, "One");
        ada.post(AGENTS, Map.of("name", "Two")).then().statusCode(409);
    }

    @Test
    void each_owner_has_an_own_limit() {
        var admin = Owners.signedUp("admin", org, 1);
        Owners.createAgent(admin, "Mine");
        var ada = Owners.joined("user", org, 1);
        var hers = Owners.form("ownerId", ada.id());
        admin.post(AGENTS, hers).then().statusCode(201);
        admin.post(AGENTS, hers).then().statusCode(409);
    }

    @Test
    void sql_of_the_app_role_is_held_to_it_too() {
        var ada = Owners.joined("user", org, 3);
        IntStream.range(0, 3).forEach(i -> Owners.createAgent(ada, "Agent " + i));
        var fourth = assertThrows(SqlRefusal.class, () -> app(ada).run(insert(ada)));
        assertTrue(fourth.getMessage().contains("agent_limit_reached"), fourth.getMessage());
        for (var statement : List.of(
                "update agent_counts set agents = 0",
                "delete from agent_counts",
                "insert into agent_counts values ('" + org + "', '" + UUID.randomUUID() + "', -5)")) {
            assertThrows(SqlRefusal.class, () -> app(ada).run(statement), statement);
        }
    }

    @Test
    void sql_of_the_app_role_makes_none_for_an_owner_of_whom_nothing_is_known() {
        var ada = Owners.signedUp("user", org, 3);
        assertThrows(SqlRefusal.class, () -> app(ada).run(insert(ada)));
        IntStream.range(0, 3).forEach(i -> Owners.createAgent(ada, "Agent " + i));
        var claimed = app(ada).with("app.max_agents", 3);
        var fourth = assertThrows(SqlRefusal.class, () -> claimed.run(insert(ada)));
        assertTrue(fourth.getMessage().contains("agent_limit_reached"), fourth.getMessage());
    }

    @Test
    void an_agent_that_gets_another_owner_counts_there() {
        var ada = Owners.joined("user", org, 3);
        var bob = Owners.joined("user", org, 1);
        IntStream.range(0, 2).forEach(i -> Owners.createAgent(ada, "Agent " + i));
        var admin = Sql.app(org, UUID.randomUUID(), "admin");
        var give = "update agents set owner_id = '" + bob.id()
                + "' where id = (select id from agents where owner_id = '" + ada.id() + "' limit 1)";
        admin.run(give);
        assertEquals(List.of("1"), counted(ada));
        assertEquals(List.of("1"), counted(bob));
        assertThrows(SqlRefusal.class, () -> admin.run(give));
    }

    private static Sql app(Caller user) {
        return Sql.app(user.orgId(), user.id(), "user");
    }

    private static String insert(Caller owner) {
        return "insert into agents (org_id, owner_id, name) values ('" + owner.orgId() + "', '" + owner.id()
                + "', 'Sly')";
    }

    private List<String> counted(Caller owner) {
        return Sql.superuser()
                .column("select agents from agent_counts where org_id = '" + org + "' and owner_id = '" + owner.id()
                        + "'");
    }
}
