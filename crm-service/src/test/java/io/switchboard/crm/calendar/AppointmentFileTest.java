package io.switchboard.crm.calendar;

import static io.switchboard.crm.calendar.CalendarChecks.value;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AppointmentFileTest extends CalendarCase {
    @Test
    void an_appointment_is_a_file_for_calendars() {
        var id = book("Roof check", "'2030-12-01 22:30Z'");
        acme.get(path(id))
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("text/calendar"))
                .header("Content-Disposition", is("attachment; filename=\"appointment-" + id + ".ics\""))
                .header("Cache-Control", is("private, no-cache"));
        assertEquals(id + "@switchboard", value(file(id), "UID"));
        assertEquals("20301201T223000Z", value(file(id), "DTSTART"));
        assertEquals("20301201T233000Z", value(file(id), "DTEND"));
        assertEquals("Roof check: Ada Lovelace", value(file(id), "SUMMARY"));
        assertEquals("+15555550142", value(file(id), "DESCRIPTION"));
        assertEquals("TENTATIVE", value(file(id), "STATUS"));
    }

    @Test
    void a_move_raises_the_sequence_and_keeps_the_uid() {
        var id = book("Roof check", "'2030-12-01 22:30Z'");
        var before = file(id);
        change(id, "scheduled_at = '2030-12-02 10:00Z'");
        assertEquals("1", value(file(id), "SEQUENCE"));
        assertEquals("20301202T110000Z", value(file(id), "DTEND"));
        assertEquals(value(before, "UID"), value(file(id), "UID"));
        change(id, "notes = 'Mind the dog.'");
        assertEquals("1", value(file(id), "SEQUENCE"));
    }

    @Test
    void a_cancelled_one_says_so_under_the_same_uid() {
        var id = book("Roof check", "'2030-12-01 22:30Z'");
        change(id, "status = 'confirmed'");
        assertEquals("CONFIRMED", value(file(id), "STATUS"));
        change(id, "status = 'cancelled'");
        assertEquals("CANCELLED", value(file(id), "STATUS"));
        assertEquals("2", value(file(id), "SEQUENCE"));
        assertEquals(id + "@switchboard", value(file(id), "UID"));
    }

    @Test
    void what_the_caller_has_is_not_sent_again() {
        var id = book("Roof check", "'2030-12-01 22:30Z'");
        var etag = acme.get(path(id)).header("ETag");
        for (var tag : new String[] {etag, "W/" + etag, "\"x\", " + etag, "*"}) {
            acme.request()
                    .header("If-None-Match", tag)
                    .get(path(id))
                    .then()
                    .statusCode(304)
                    .header("ETag", is(etag))
                    .body(is(""));
        }
        change(id, "service_type = 'Roof repair'");
        acme.request().header("If-None-Match", etag).get(path(id)).then().statusCode(200);
        assertNotEquals(etag, acme.get(path(id)).header("ETag"));
    }

    @Test
    void a_deleted_or_foreign_or_unknown_one_is_not_found() {
        var id = book("Roof check", "'2030-12-01 22:30Z'");
        Caller.adminOfNewOrg().get(path(id)).then().statusCode(404);
        change(id, "deleted_at = now()");
        for (var absent : new String[] {id, UUID.randomUUID().toString()}) {
            acme.get(path(absent)).then().statusCode(404).body("type", endsWith("appointment_not_found"));
        }
        acme.get(path("x")).then().statusCode(404);
    }

    private String file(String id) {
        return acme.get(path(id)).then().statusCode(200).extract().asString();
    }

    private static String path(String id) {
        return "/api/appointments/" + id + ".ics";
    }
}
