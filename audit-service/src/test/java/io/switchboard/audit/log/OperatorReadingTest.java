package io.switchboard.audit.log;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.switchboard.audit.SampleEvents;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A tenant sees in its log what operators read of its records. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class OperatorReadingTest {
    final Caller acme = Caller.adminOfNewOrg();
    final Caller globex = Caller.adminOfNewOrg();
    final Caller operator = Caller.of("platform_admin", UUID.randomUUID());

    @Test
    void a_list_of_one_tenant_shows_in_that_tenants_log() {
        SampleEvents.post(SampleEvents.event(acme.orgId()));
        operator.get("/api/audit/logs?action=create&orgId=" + acme.orgId());
        readings(acme)
                .body("items", hasSize(1))
                .body("items[0].actorId", is(operator.id().toString()))
                .body("items[0].actorType", is("user"))
                .body("items[0].outcome", is("success"))
                .body("items[0].service", is("audit-service"))
                .body("items[0].newData.operator", is(true))
                .body("items[0].newData.found", is(1))
                .body("items[0].newData.action", is("create"));
        readings(globex).body("items", empty());
        operator.get("/api/audit/logs?action=read&actorId=" + operator.id() + "&orgId=" + operator.orgId())
                .then()
                .body("items", hasSize(1))
                .body("items[0].newData.operator", nullValue());
    }

    @Test
    void a_record_and_a_history_show_too() {
        var event = SampleEvents.event(acme.orgId());
        SampleEvents.post(event);
        operator.get("/api/audit/logs/" + event.get("id"));
        operator.get("/api/audit/logs/resource/contacts/" + event.get("resourceId"));
        operator.get("/api/audit/logs?requestId=" + event.get("requestId"));
        operator.get("/api/audit/logs/" + UUID.randomUUID());
        readings(acme)
                .body("items", hasSize(3))
                .body("items.newData.operator", contains(true, true, true))
                .body("items[2].resourceId", is(event.get("id")));
    }

    @Test
    void the_tenants_own_reading_is_no_operators() {
        SampleEvents.post(SampleEvents.event(acme.orgId()));
        acme.get("/api/audit/logs?action=create&orgId=" + acme.orgId());
        readings(acme).body("items", hasSize(1)).body("items[0].newData.operator", nullValue());
    }

    private static ValidatableResponse readings(Caller tenant) {
        return tenant.get("/api/audit/logs?action=read").then().statusCode(200);
    }
}
