package io.switchboard.crm.contactmerge;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.ticket.HelpDesk;
import io.switchboard.kit.test.PostgresResource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactMergeTicketsTest {
    HelpDesk desk;

    @BeforeEach
    void open() {
        desk = new HelpDesk();
    }

    @Test
    void all_tickets_go_to_the_survivor_whoever_sees_them() {
        var agent = desk.agent();
        var survivor = desk.contact();
        var duplicate = desk.contact();
        var own = desk.ticket("No heating", null, agent, null);
        var unseen = desk.ticket("Wrong bill", null, null, null);
        for (var ticket : new Object[] {own, unseen}) {
            desk.run("update tickets set contact_id = '" + duplicate + "' where id = '" + ticket + "'");
        }
        agent.get("/api/tickets/" + unseen).then().statusCode(404);

        agent.post("/api/contacts/" + survivor + "/merge", Map.of("duplicateId", duplicate))
                .then()
                .statusCode(200);

        agent.get("/api/tickets/" + own).then().body("contactId", is(survivor.toString()));
        assertEquals(survivor.toString(), desk.value(unseen, "contact_id"));
    }

    @Test
    void a_deleted_contact_s_tickets_stay() {
        var contact = desk.contact();
        var ticket = desk.ticket("No heating", null, null, null);
        desk.set(ticket, "contact_id = '" + contact + "'");
        desk.admin.delete("/api/contacts/" + contact).then().statusCode(204);
        desk.admin
                .get("/api/tickets/" + ticket)
                .then()
                .statusCode(200)
                .body("title", is("No heating"))
                .body("contactId", nullValue());
    }
}
