package io.switchboard.crm.contact;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of numbers and names, however they are written, and of who writes them. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ContactPhoneTest {
    final Caller acme = Caller.agentOfNewOrg();
    final Caller voice = Caller.service("voice-service", acme.orgId());

    @ParameterizedTest
    @CsvSource({
        "US, (212) 555-0144, +12125550144",
        "US, \u2066+1\u00a0212\u20115550144\u2069, +12125550144",
        "US, 1-888-FLOWERS, +18883569377",
        "US, \"Bea\" <sip:+12125550144@gw.example>, +12125550144",
        "DE, 030 123456, +4930123456",
        "DE, 00 1 212 555 0144, +12125550144",
        "GB, 020 7946 0555, +442079460555",
        "MX, 33 1234 5678, +523312345678",
        "US, sip:frontdesk@acme.example, sip:frontdesk@acme.example",
        "GB, tel:2001, tel:2001"
    })
    void a_number_is_kept_in_one_form(String region, String given, String phone) {
        region(region);
        String id = acme.post("/api/contacts", Map.of("phone", given))
                .then()
                .statusCode(201)
                .body("phone", is(phone))
                .extract()
                .path("id");
        acme.patch("/api/contacts/" + id, Map.of("phone", given)).then().body("phone", is(phone));
        acme.put("/api/contacts/by-phone/{phone}", Map.of(), given)
                .then()
                .statusCode(200)
                .body("id", is(id));
    }

    @ParameterizedTest
    @CsvSource({
        "US, 555-0144",
        "US, 5555550144",
        "US, 911",
        "GB, 2001",
        "DE, 112",
        "US, anonymous",
        "US, +266696687",
        "US, +86282452253",
        "US, client:bea",
        "US, *#06#",
        "US, ' '",
        "US, ''"
    })
    void people_give_numbers_and_calls_anything(String region, String given) {
        region(region);
        named(acme.post("/api/contacts", Map.of("phone", given)), "phone");
        String id = acme.post("/api/contacts", Map.of("name", "Bea")).path("id");
        named(acme.patch("/api/contacts/" + id, Map.of("phone", given)), "phone");
        if (!given.isBlank()) {
            put("/api/contacts/by-phone/{phone}", given, Map.of())
                    .statusCode(201)
                    .body("phone", is(given));
            put("/internal/contacts/by-phone/{phone}", given, Map.of())
                    .statusCode(200)
                    .body("phone", is(given));
        }
    }

    @Test
    void a_number_that_a_call_left_stays_through_a_patch() {
        String id = acme.put("/api/contacts/by-phone/{phone}", Map.of(), "Restricted")
                .path("id");
        acme.patch("/api/contacts/" + id, Map.of("name", "Bea"))
                .then()
                .statusCode(200)
                .body("phone", is("Restricted"));
        acme.patch("/api/contacts/" + id, Map.of("phone", "Restricted", "name", "Bea L"))
                .then()
                .statusCode(200);
        var without = new HashMap<String, Object>();
        without.put("phone", null);
        acme.patch("/api/contacts/" + id, without).then().statusCode(200).body("phone", nullValue());
    }

    @Test
    void a_name_that_is_given_is_not_blank() {
        String id = acme.post("/api/contacts", Map.of("name", "Bea")).path("id");
        for (var blank : List.of("", " ", "\t", "\u00a0", "\u3000", "\u200b", "\u202a\u202c")) {
            named(acme.post("/api/contacts", Map.of("name", blank)), "name");
            named(acme.patch("/api/contacts/" + id, Map.of("name", blank)), "name");
            acme.put("/api/contacts/by-phone/{phone}", Map.of("name", blank), "+12125550145")
                    .then()
                    .body("name", nullValue());
        }
    }

    @Test
    void a_placeholder_never_is_a_contact_s_name() {
        for (var shown : List.of("+12125550146", "WIRELESS CALLER", "Unknown", "(212) 555-0146", "Anonymous", " ")) {
            put("/internal/contacts/by-phone/{phone}", "+12125550146", Map.of("name", shown))
                    .body("name", nullValue());
        }
        put("/internal/contacts/by-phone/{phone}", "+12125550146", Map.of("name", "Bea Long"))
                .body("name", is("Bea Long"));
        put("/internal/contacts/by-phone/{phone}", "+12125550146", Map.of("name", "PRIVATE CALLER"))
                .body("name", is("Bea Long"));
    }

    @Test
    void a_number_in_place_of_a_name_gives_way_to_one() {
        put("/api/contacts/by-phone/{phone}", "+12125550147", Map.of("name", "+12125550147"));
        put("/internal/contacts/by-phone/{phone}", "+12125550147", Map.of("name", "Bea Long"))
                .body("name", is("Bea Long"));
    }

    @Test
    void a_plus_sign_that_was_not_encoded_is_one() {
        acme.post("/api/contacts", Map.of("name", "Bea", "phone", "+493023125099"));
        for (var query : List.of(
                "phone=+493023125099",
                "phone=+49%2030%2023125099",
                "phone=%2B493023125099",
                "phone=%20493023125099",
                "phone=0049%2030-23125099",
                "q=+493023125099")) {
            acme.request()
                    .urlEncodingEnabled(false)
                    .get("/api/contacts?" + query)
                    .then()
                    .statusCode(200)
                    .body("items.name", contains("Bea"));
        }
        acme.get("/api/contacts?phone=Restricted").then().statusCode(200).body("items", empty());
    }

    @Test
    void a_filter_given_twice_is_named() {
        for (var query : List.of("phone=1&phone=2", "q=a&q=a", "limit=1&limit=2", "leadScore=&leadScore=hot")) {
            acme.get("/api/contacts?" + query)
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains(query.substring(0, query.indexOf('='))));
        }
    }

    private ValidatableResponse put(String path, String phone, Object form) {
        return (path.startsWith("/internal") ? voice : acme)
                .put(path, form, phone)
                .then();
    }

    private static void named(Response answer, String field) {
        answer.then().statusCode(422).body("errors.field", contains(field));
    }

    private void region(String region) {
        var settings =
                Map.of("timeZone", "Europe/Berlin", "defaultRegion", region, "businessHours", Map.of(), "version", 1);
        Caller.service("auth-service", acme.orgId())
                .put("/internal/organization", settings)
                .then()
                .statusCode(204);
    }
}
