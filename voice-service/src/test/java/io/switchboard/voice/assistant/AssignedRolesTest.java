package io.switchboard.voice.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.People;
import io.switchboard.voice.VoiceProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees and changes what is a client's, phone numbers and assistants: through the API, and by SQL as the app role. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class AssignedRolesTest {
    private static final List<Integer> NOTHING = List.of(403, 403, 403, 403);
    private static final List<Integer> READS = List.of(200, 200, 403, 403);
    private static final List<Integer> SEES_NONE = List.of(200, 404, 403, 403);

    final Caller acme = Caller.adminOfNewOrg();
    final UUID org = acme.orgId();
    Caller owner;
    Caller client;
    String number;
    String assistant;

    @BeforeEach
    void assign() {
        owner = People.member(acme, "user");
        client = People.client(acme);
        var agent = People.agent(owner);
        number = People.number(acme, "+15555550100", client.id(), agent);
        assistant = People.assistant(acme, client.id(), Map.of("agentId", agent));
    }

    @Test
    void the_api_draws_the_line_at_numbers() {
        number(READS, owner);
        number(READS, acme.colleague("agent"));
        number(READS, acme.colleague("enterprise"));
        number(READS, client);
        number(SEES_NONE, acme.colleague("user"));
        number(SEES_NONE, People.client(acme));
        number(NOTHING, acme.colleague("customer"));
        number(List.of(200, 404, 404, 404), Caller.adminOfNewOrg());
        number(List.of(200, 200, 200, 204), acme.colleague("admin"));
    }

    @Test
    void the_api_draws_the_line_at_assistants() {
        assistant(READS, owner);
        assistant(READS, acme.colleague("agent"));
        assistant(READS, acme.colleague("enterprise"));
        assistant(List.of(200, 200, 200, 403), client);
        assistant(SEES_NONE, acme.colleague("user"));
        assistant(List.of(200, 404, 404, 403), People.client(acme));
        assistant(NOTHING, acme.colleague("customer"));
        assistant(List.of(200, 404, 404, 404), Caller.adminOfNewOrg());
        assistant(List.of(200, 200, 200, 204), acme.colleague("admin"));
    }

    @Test
    void only_admins_assign() {
        var agent = People.agent(owner);
        Map<String, ?> form = Map.of("clientId", client.id(), "agentId", agent, "displayName", "Desk");
        for (var role : List.of("agent", "user", "enterprise", "customer", "client")) {
            var caller = acme.colleague(role);
            assertEquals(403, caller.post("/api/assistants", form).statusCode(), role);
            assertEquals(
                    403,
                    caller.post("/api/phone-numbers", Map.of("number", "+15555550101", "provider", "vapi"))
                            .statusCode(),
                    role);
        }
    }

    @Test
    void row_security_draws_the_same_lines() {
        var stranger = UUID.randomUUID();
        rows(Sql.app(org, owner.id(), "user"), 1, 0, 0);
        rows(Sql.app(org, stranger, "enterprise"), 1, 0, 0);
        rows(Sql.app(org, stranger, "agent"), 1, 0, 0);
        rows(Sql.app(org, null, "client").with("app.client_id", client.id()), 1, 0, 1);
        rows(Sql.app(org, null, "client").with("app.client_id", stranger), 0, 0, 0);
        rows(Sql.app(org, stranger, "user"), 0, 0, 0);
        rows(Sql.app(org, owner.id(), "customer"), 0, 0, 0);
        rows(Sql.app(UUID.randomUUID(), owner.id(), "admin"), 0, 0, 0);
        rows(Sql.superuser().app(), 0, 0, 0);
        rows(Sql.app(org, null, "service"), 1, 1, 1);
        rows(Sql.app(org, stranger, "admin"), 1, 1, 1);
    }

    /** @param numbers how many numbers are changed, and may be deleted */
    private void rows(Sql sql, int seen, int numbers, int assistants) {
        assertEquals(seen, sql.number("select count(*) from phone_numbers where id = '" + number + "'"));
        assertEquals(seen, sql.number("select count(*) from client_assistants where id = '" + assistant + "'"));
        assertEquals(numbers, sql.run("update phone_numbers set label = 'x' where id = '" + number + "'"));
        assertEquals(assistants, sql.run("update client_assistants set voice = 'x' where id = '" + assistant + "'"));
        if (numbers == 0) {
            assertEquals(0, sql.run("delete from phone_numbers where id = '" + number + "'"));
            assertEquals(0, sql.run("delete from client_assistants where id = '" + assistant + "'"));
        }
    }

    private void number(List<Integer> expected, Caller caller) {
        assertEquals(expected, answers(caller, "/api/phone-numbers", number, Map.of("label", "Desk")));
    }

    private void assistant(List<Integer> expected, Caller caller) {
        assertEquals(expected, answers(caller, "/api/assistants", assistant, Map.of("displayName", "Desk")));
    }

    /** List, show, change, delete. */
    private static List<Integer> answers(Caller caller, String path, String id, Map<String, ?> patch) {
        var one = path + "/" + id;
        return Stream.of(caller.get(path), caller.get(one), caller.patch(one, patch), caller.delete(one))
                .map(Response::statusCode)
                .toList();
    }
}
