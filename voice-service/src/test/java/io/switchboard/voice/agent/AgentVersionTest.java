package io.switchboard.voice.agent;

import static io.switchboard.voice.agent.Owners.AGENTS;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.VoiceProfile;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoiceProfile.class)
class AgentVersionTest {
    private final UUID org = UUID.randomUUID();
    private final Caller ada = Owners.signedUp("user", org, 3);
    private String path;

    @BeforeEach
    void create() {
        path = AGENTS + "/" + Owners.createAgent(ada, "Front desk");
    }

    @Test
    void an_unknown_version_is_not_found() {
        ada.post(path + "/versions/2/restore", Map.of())
                .then()
                .statusCode(404)
                .body("type", endsWith("version_not_found"));
        ada.post(path + "/versions/0/restore", Map.of()).then().statusCode(404);
        ada.get(path).then().body("version", is(1)).header("ETag", is("\"0\""));
    }

    @Test
    void a_restore_is_refused_where_another_version_was_read() {
        ada.patch(path, Map.of("voice", "alloy")).then().header("ETag", is("\"1\""));
        ada.request()
                .header("If-Match", "\"0\"")
                .post(path + "/versions/1/restore")
                .then()
                .statusCode(412);
        ada.request()
                .header("If-Match", "\"1\"")
                .post(path + "/versions/1/restore")
                .then()
                .statusCode(200)
                .body("version", is(3))
                .body("voice", nullValue());
    }

    @Test
    void versions_come_in_pages() {
        for (var voice : new String[] {"alloy", "echo", "nova"}) {
            ada.patch(path, Map.of("voice", voice)).then().statusCode(200);
        }
        String cursor = ada.get(path + "/versions?limit=3")
                .then()
                .body("items.version", contains(4, 3, 2))
                .body("items[0].changed", contains("voice"))
                .extract()
                .path("nextCursor");
        ada.get(path + "/versions?limit=3&cursor=" + cursor)
                .then()
                .body("items.version", contains(1))
                .body("nextCursor", nullValue());
    }

    @Test
    void they_go_with_the_agent() {
        ada.delete(path).then().statusCode(204);
        ada.get(path + "/versions").then().statusCode(404).body("type", endsWith("agent_not_found"));
        assertEquals(0, Sql.superuser().number("select count(*) from agent_versions where org_id = '" + org + "'"));
    }
}
