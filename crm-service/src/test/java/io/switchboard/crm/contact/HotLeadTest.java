package io.switchboard.crm.contact;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class HotLeadTest {
    final Caller acme = Caller.agentOfNewOrg();
    final Caller voice = Caller.service("voice-service", acme.orgId());

    @Test
    void only_active_admins_and_agents_are_notified() {
        var admin = Colleagues.joined("admin", acme.orgId());
        var agent = Colleagues.joined("agent", acme.orgId());
        var former = Colleagues.left("agent", acme.orgId());
        var customer = Colleagues.joined("customer", acme.orgId());
        var stranger = Colleagues.joined("admin", Caller.agentOfNewOrg().orgId());

        String id = acme.post("/api/contacts", Map.of("name", "Ada", "leadScore", "hot"))
                .path("id");

        told(admin, 1);
        told(agent, 1);
        told(former, 0);
        told(customer, 0);
        told(stranger, 0);
        admin.get("/api/notifications")
                .then()
                .body("items.type", contains("hot_lead"))
                .body("items.title", contains("Hot lead: Ada"))
                .body("items.priority", contains("high"))
                .body("items.relatedType", contains("contact"))
                .body("items.relatedId", contains(id))
                .body("items.status", contains("unread"))
                .body("items[0].expiresAt", notNullValue());
    }

    @Test
    void becoming_hot_is_told_once_each_time_on_whatever_path() {
        var admin = Colleagues.joined("admin", acme.orgId());
        String id = acme.post("/api/contacts", Map.of("phone", "+15555550142")).path("id");
        told(admin, 0);

        acme.patch("/api/contacts/" + id, Map.of("leadScore", "hot"));
        acme.patch("/api/contacts/" + id, Map.of("name", "Ada", "leadScore", "hot"));
        told(admin, 1);
        byPhone(Map.of("leadScore", "hot"));
        byPhone(Map.of("leadScore", "warm"));
        told(admin, 1);
        byPhone(Map.of("leadScore", "hot"));
        told(admin, 2);
        heard("+15555550142", "hot", 200);
        told(admin, 2);
        heard("+15555550142", "cold", 200);
        heard("+15555550142", "hot", 200);
        heard("+15555550142", "hot", 200);
        told(admin, 3);
        heard("+15555550143", "hot", 201);
        told(admin, 4);
    }

    @Test
    void a_hot_lead_from_a_call_waits_for_the_first_member() {
        voice.put("/internal/contacts/by-phone/+15555550142", Map.of("leadScore", "hot"))
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue());
        heard("+15555550142", "cold", 201);
        var admin = Colleagues.joined("admin", acme.orgId());
        heard("+15555550142", "hot", 200);
        told(admin, 1);
    }

    @Test
    void refused_requests_notify_no_user() {
        var admin = Colleagues.joined("admin", acme.orgId());
        acme.post("/api/contacts", Map.of("phone", "+15555550142"));
        acme.post("/api/contacts", Map.of("phone", "+15555550142", "leadScore", "hot"))
                .then()
                .statusCode(409);
        told(admin, 0);
    }

    private void byPhone(Object form) {
        acme.put("/api/contacts/by-phone/+15555550142", form).then().statusCode(200);
    }

    private void heard(String phone, String score, int status) {
        voice.put("/internal/contacts/by-phone/" + phone, Map.of("leadScore", score))
                .then()
                .statusCode(status)
                .body("leadScore", is(score));
    }

    private static void told(Caller person, int times) {
        person.get("/api/notifications/unread-count").then().statusCode(200).body("count", is(times));
    }
}
