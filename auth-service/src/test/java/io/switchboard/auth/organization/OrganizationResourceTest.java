package io.switchboard.auth.organization;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.auth.AuthSettings;
import io.switchboard.auth.Person;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuthSettings.class)
class OrganizationResourceTest {
    Person acme;

    @BeforeEach
    void signUp() {
        acme = Person.signUp();
    }

    @Test
    void admins_see_and_change_their_organization() {
        acme.caller()
                .get("/api/organization")
                .then()
                .statusCode(200)
                .body("slug", is(acme.slug()))
                .body("timeZone", is("UTC"))
                .body("businessHours.monday[0].from", is("09:00"));
        acme.caller()
                .patch(
                        "/api/organization",
                        Map.of(
                                "timeZone", "Europe/Berlin",
                                "defaultRegion", "DE",
                                "businessHours", Map.of("friday", List.of(Map.of("from", "08:00", "to", "14:30")))))
                .then()
                .log()
                .ifValidationFails()
                .statusCode(200)
                .body("timeZone", is("Europe/Berlin"))
                .body("businessHours.friday[0].to", is("14:30"))
                .body("businessHours.monday[0].from", is("09:00"))
                .header("ETag", "\"1\"");
        acme.caller()
                .request()
                .contentType("application/merge-patch+json")
                .body("{\"businessHours\": {\"monday\": null}}")
                .patch("/api/organization")
                .then()
                .statusCode(200)
                .body("businessHours.monday", nullValue());
    }

    @Test
    void unknown_time_zones_and_countries_are_refused_by_field() {
        refused(Map.of("timeZone", "Mars/Olympus"), "timeZone");
        refused(Map.of("defaultRegion", "XX"), "defaultRegion");
        refused(
                Map.of("businessHours", Map.of("friday", List.of(Map.of("from", "14:00", "to", "08:00")))),
                "businessHours");
        refused(Map.of("businessHours", Map.of("someday", List.of())), "businessHours.someday");
        refused(
                Map.of("businessHours", Map.of("friday", List.of(Map.of("from", "9", "to", "10:00")))),
                "businessHours.friday[0].from");
        acme.caller()
                .patch("/api/organization", Map.of("status", "suspended"))
                .then()
                .statusCode(400);
        acme.caller().patch("/api/organization", Map.of("slug", "mine")).then().statusCode(400);
        acme.invite("agent").caller().get("/api/organization").then().statusCode(403);
    }

    @Test
    void time_zones_are_those_that_the_database_names() {
        for (var zone : List.of("SystemV/PST8", "europe/berlin", "CEST", "EST5FOO", "Mars/Olympus5", "Factory")) {
            refused(Map.of("timeZone", zone), "timeZone");
        }
        for (var zone : List.of("America/Coyhaique", "Australia/Lord_Howe", "UTC")) {
            acme.caller()
                    .patch("/api/organization", Map.of("timeZone", zone))
                    .then()
                    .statusCode(200)
                    .body("timeZone", is(zone));
        }
    }

    @Test
    void closures_are_whole_days_with_a_name() {
        acme.caller().get("/api/organization").then().body("closures", is(List.of()));
        var closures = List.of(
                closure("2026-12-24", "2026-12-26", "Christmas"), closure("2028-02-29", "2028-02-29", "Leap day"));
        for (int i = 0; i < 2; i++) {
            acme.caller()
                    .patch("/api/organization", Map.of("closures", closures))
                    .then()
                    .statusCode(200)
                    .header("ETag", "\"1\"");
        }
        acme.caller()
                .get("/api/organization")
                .then()
                .body("closures", is(closures))
                .body("businessHours.monday[0].from", is("09:00"));
        acme.caller()
                .request()
                .contentType("application/merge-patch+json")
                .body("{\"closures\": null}")
                .patch("/api/organization")
                .then()
                .statusCode(200)
                .body("closures", is(List.of()));
    }

    @Test
    void bad_closures_are_refused_by_field() {
        refusedClosure("2026-02-29", "2026-03-01", "No day", "from");
        refusedClosure("2026-02-28", "2026-02-30", "No day", "to");
        refusedClosure("0000-01-01", "2026-02-28", "No year", "from");
        refusedClosure("2026-01-01", "10000-01-01", "Too late", "to");
        refusedClosure("2026-1-1", "2026-01-01", "Too short", "from");
        refusedClosure("2026-12-26", "2026-12-24", "Backwards", "to");
        refusedClosure("2026-12-24", "2026-12-26", "\u200b", "name");
        refusedClosure("2026-12-24", "2026-12-26", "x".repeat(101), "name");
        var ok = closure("2026-12-24", "2026-12-24", "Eve");
        refused(Map.of("closures", java.util.Collections.nCopies(367, ok)), "closures");
        refused(Map.of("closures", List.of(ok, Map.of("from", "2026-12-24", "name", "Eve"))), "closures[1].to");
        acme.caller()
                .patch("/api/organization", Map.of("closures", List.of(Map.of("day", "2026-12-24"))))
                .then()
                .statusCode(400);
        acme.caller().get("/api/organization").then().body("closures", is(List.of()));
    }

    void refusedClosure(String from, String to, String name, String field) {
        refused(Map.of("closures", List.of(closure(from, to, name))), "closures[0]." + field);
    }

    static Map<String, String> closure(String from, String to, String name) {
        return Map.of("from", from, "to", to, "name", name);
    }

    void refused(Map<String, ?> patch, String field) {
        acme.caller().patch("/api/organization", patch).then().statusCode(422).body("errors[0].field", is(field));
    }

    @Test
    void a_slug_is_the_name_in_the_letters_of_a_url() {
        assertEquals("acme-gmbh", Slug.of("  Acme GmbH! "));
        assertEquals("muller-sohne", Slug.of("Müller & Söhne"));
        assertEquals("organization", Slug.of("株式会社"));
        assertEquals(50, Slug.of("x".repeat(80)).length());
    }
}
