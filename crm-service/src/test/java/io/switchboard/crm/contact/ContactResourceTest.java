package io.switchboard.crm.contact;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactResourceTest {
    static final Map<String, String> ADA = Map.of("name", "Ada", "phone", "+4930123456");
    final Caller acme = Caller.agentOfNewOrg();
    final Caller globex = Caller.agentOfNewOrg();

    @Test
    void a_phone_number_belongs_to_one_contact_per_organization() {
        acme.post("/api/contacts", ADA)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(201)
                .body("name", is("Ada"));
        acme.post("/api/contacts", ADA)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(409)
                .body("type", endsWith("contact_phone_taken"));
        globex.post("/api/contacts", ADA).then().log().ifValidationFails().statusCode(201);
    }

    @Test
    void a_contact_is_shown_changed_and_deleted() {
        String id = acme.post("/api/contacts", ADA).path("id");
        acme.get("/api/contacts/" + id)
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .header("ETag", "\"0\"");
        acme.patch("/api/contacts/" + id, Map.of("name", "Ada L"))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .header("ETag", "\"1\"");
        globex.patch("/api/contacts/" + id, Map.of("name", "Ada L"))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(404);
        acme.delete("/api/contacts/" + id).then().log().ifValidationFails().statusCode(204);
    }
}
