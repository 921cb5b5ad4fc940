package io.switchboard.crm.assignment;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has a new ticket that nobody has assigned yet. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class DefaultTeamTest {
    Desk desk;
    Caller ada;
    Caller customer;
    String team;

    @BeforeEach
    void open() {
        desk = new Desk();
        ada = desk.agent();
        customer = Colleagues.joined("customer", desk.admin.orgId());
        team = desk.team("Support", ada);
    }

    @Test
    void without_a_default_team_a_new_ticket_is_nobodys() {
        opened(customer).body("assignedTeamId", nullValue()).body("assignedAgentId", nullValue());
        assertEquals(List.of(), desk.told(ada));
    }

    @Test
    void the_default_team_takes_the_tickets_of_customers_and_calls_and_is_told() {
        desk.admin.patch("/api/teams/" + team, Map.of("isDefault", true)).then().statusCode(200);
        var id = opened(customer)
                .body("assignedTeamId", is(team))
                .body("assignedAgentId", nullValue())
                .extract()
                .path("id");
        ada.get("/api/tickets/" + id).then().statusCode(200);
        assertEquals(List.of("Ticket for Support"), desk.told(ada));
        assertEquals(
                team,
                Sql.app(desk.admin.orgId(), null, "service")
                        .value(
                                "insert into tickets (org_id, title) values ('%s', 'By phone') returning assigned_team_id"
                                        .formatted(desk.admin.orgId())));
        assertEquals(2, desk.told(ada).size());
        desk.admin.delete("/api/teams/" + team).then().statusCode(204);
        opened(customer).body("assignedTeamId", nullValue());
    }

    @Test
    void what_staff_open_is_their_own_business() {
        desk.admin.patch("/api/teams/" + team, Map.of("isDefault", true));
        opened(ada)
                .body("assignedTeamId", nullValue())
                .body("assignedAgentId", is(ada.id().toString()));
        opened(desk.admin).body("assignedTeamId", nullValue()).body("assignedAgentId", nullValue());
        assertEquals(List.of(), desk.told(ada));
    }

    private static ValidatableResponse opened(Caller caller) {
        return caller.post("/api/tickets", Map.of("title", "Help")).then().statusCode(201);
    }
}
