package io.switchboard.crm.contact;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.CrmDatabase;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LeadStepsTest {
    static final Map<String, String> ADA = Map.of("name", "Ada");
    final Caller acme = Caller.agentOfNewOrg();

    @Test
    void a_lead_skips_no_step() {
        String id = acme.post("/api/contacts", ADA).path("id");
        acme.patch("/api/contacts/" + id, Map.of("leadStatus", "qualified"))
                .then()
                .statusCode(409)
                .body("type", endsWith("lead_status_illegal"));
        for (var step : List.of("contacted", "qualified", "booked", "converted", "lost", "contacted")) {
            acme.patch("/api/contacts/" + id, Map.of("leadStatus", step))
                    .then()
                    .statusCode(200)
                    .body("leadStatus", is(step));
        }
    }

    @Test
    void the_database_knows_the_same_steps() throws SQLException {
        String id = acme.post("/api/contacts", ADA).path("id");
        try (var superuser = CrmDatabase.superuser()) {
            for (var from : LeadStatus.values()) {
                for (var to : LeadStatus.values()) {
                    CrmDatabase.execute(superuser, "set session_replication_role = replica"); // no triggers
                    CrmDatabase.execute(superuser, move(id, from));
                    CrmDatabase.execute(superuser, "set session_replication_role = origin");
                    assertEquals(from.leadsTo(to), allowed(superuser, move(id, to)), from + " to " + to);
                }
            }
        }
    }

    private static String move(String id, LeadStatus to) {
        return "update contacts set lead_status = '%s' where id = '%s'".formatted(to.wire(), id);
    }

    private static boolean allowed(Connection connection, String sql) throws SQLException {
        try {
            CrmDatabase.execute(connection, sql);
            return true;
        } catch (SQLException refused) {
            assertEquals("SB409", refused.getSQLState());
            return false;
        }
    }
}
