package io.switchboard.crm.contact;

import static io.switchboard.crm.contact.LeadStatus.BOOKED;
import static io.switchboard.crm.contact.LeadStatus.CONTACTED;
import static io.switchboard.crm.contact.LeadStatus.CONVERTED;
import static io.switchboard.crm.contact.LeadStatus.LOST;
import static io.switchboard.crm.contact.LeadStatus.NEW;
import static io.switchboard.crm.contact.LeadStatus.QUALIFIED;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import io.switchboard.kit.test.SqlSession;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LeadStepsTest {
    static final Map<String, String> ADA = Map.of("name", "Ada");
    static final Map<LeadStatus, Set<LeadStatus>> LEGAL = Map.of(
            NEW, EnumSet.of(NEW, CONTACTED, LOST),
            CONTACTED, EnumSet.of(CONTACTED, QUALIFIED, LOST),
            QUALIFIED, EnumSet.of(QUALIFIED, BOOKED, LOST),
            BOOKED, EnumSet.of(BOOKED, CONVERTED, LOST),
            CONVERTED, EnumSet.of(CONVERTED, LOST),
            LOST, EnumSet.of(LOST, CONTACTED));
    final Caller acme = Caller.agentOfNewOrg();

    @Test
    void a_lead_skips_no_step() {
        String id = acme.post("/api/contacts", ADA).path("id");
        acme.patch("/api/contacts/" + id, Map.of("leadStatus", "qualified"))
                .then()
                .statusCode(409)
                .body("type", endsWith("lead_status_illegal"))
                .body("detail", is("A lead does not go from new to qualified."));
        for (var step : List.of("contacted", "qualified", "booked", "converted", "lost", "contacted")) {
            acme.patch("/api/contacts/" + id, Map.of("leadStatus", step))
                    .then()
                    .statusCode(200)
                    .body("leadStatus", is(step));
        }
    }

    @Test
    void a_lead_goes_forward_step_by_step_or_is_lost_and_found() {
        String id = acme.post("/api/contacts", ADA).path("id");
        try (var superuser = Sql.superuser().open()) {
            for (var from : LeadStatus.values()) {
                for (var to : LeadStatus.values()) {
                    superuser.run("set session_replication_role = replica"); // no triggers
                    superuser.run(move(id, from));
                    superuser.run("set session_replication_role = origin");
                    assertEquals(LEGAL.get(from).contains(to), isAllowed(superuser, move(id, to)), from + " to " + to);
                }
            }
        }
    }

    private static String move(String id, LeadStatus to) {
        return "update contacts set lead_status = '%s' where id = '%s'".formatted(to.wire(), id);
    }

    private static boolean isAllowed(SqlSession superuser, String sql) {
        try {
            superuser.run(sql);
            return true;
        } catch (SqlRefusal refused) {
            assertEquals("SB409", refused.state());
            return false;
        }
    }
}
