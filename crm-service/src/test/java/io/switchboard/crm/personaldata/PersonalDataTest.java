package io.switchboard.crm.personaldata;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Colleagues;
import io.switchboard.kit.test.AuditTrail;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PersonalDataTest {
    static final String CALLS = "/internal/calls";

    final Caller acme = Caller.adminOfNewOrg();

    @AfterEach
    void answerAsUsual() {
        PeerRequests.answer(CALLS, 200, "{\"items\": [], \"nextCursor\": null}");
    }

    @Test
    void an_export_has_what_both_services_keep() {
        var admin = Colleagues.joined("admin", acme.orgId());
        var id = create(Map.of("name", "Ada", "phone", "+4930123456", "leadScore", "hot"));
        acme.post("/api/contacts/" + id + "/notes", Map.of("content", "Called back."));
        Sql.app(acme.orgId(), acme.id(), "admin")
                .run(
                        "insert into appointments (org_id, contact_id, service_type, scheduled_at, duration_minutes, notes, deleted_at)"
                                + " values ('" + acme.orgId() + "', '" + id
                                + "', 'Survey', '2030-06-01 10:00Z', 30, 'Ring twice.', null),"
                                + " ('" + acme.orgId() + "', '" + id
                                + "', 'Roof', '2030-05-01 10:00Z', 30, null, now())");
        PeerRequests.answer(
                CALLS, 200, "{\"items\": [{\"id\": \"7\", \"transcript\": \"AI: Hello.\"}], \"nextCursor\": null}");

        acme.get("/api/contacts/" + id + "/personal-data")
                .then()
                .statusCode(200)
                .body("contact.id", is(id))
                .body("contact.phones.phone", contains("+4930123456"))
                .body("notes.content", contains("Called back."))
                .body("appointments.serviceType", contains("Survey", "Roof"))
                .body("appointments[0].notes", is("Ring twice."))
                .body("appointments[1].deletedAt", notNullValue())
                .body("notifications.title", contains("Appointment booked", "Hot lead: Ada"))
                .body("notifications.userId", everyItem(is(admin.id().toString())))
                .body("calls.transcript", contains("AI: Hello."))
                .body("incomplete", empty());

        var event = AuditTrail.await(acme.orgId(), "export", any -> true);
        assertEquals(id, event.getString("resourceId"));
        assertTrue(PeerRequests.to(CALLS).stream()
                .allMatch(call -> call.getString("method").equals("GET")));
    }

    @Test
    void an_export_says_where_it_was_cut() {
        var id = create(Map.of("name", "Ada"));
        PeerRequests.answer(CALLS, 200, "{\"items\": [{\"id\": \"7\"}], \"nextCursor\": \"more\"}");
        acme.get("/api/contacts/" + id + "/personal-data")
                .then()
                .statusCode(200)
                .body("calls.size()", is(20))
                .body("incomplete", contains("calls"));
    }

    @Test
    void without_voice_service_there_is_no_export() {
        var id = create(Map.of("name", "Ada"));
        PeerRequests.answer(CALLS, 503);
        acme.get("/api/contacts/" + id + "/personal-data")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue());
    }

    private String create(Map<String, ?> contact) {
        return acme.post("/api/contacts", contact)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
