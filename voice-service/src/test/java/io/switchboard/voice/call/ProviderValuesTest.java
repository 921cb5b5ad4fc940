package io.switchboard.voice.call;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Crm;
import io.switchboard.voice.Front;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a provider puts into a delivery, its call is there, and all others are served. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class ProviderValuesTest {
    private final Caller acme = Caller.adminOfNewOrg();
    private final SampleCall call = SampleCall.create();

    @ParameterizedTest
    @ValueSource(strings = {"1e-30000000", "1e30000000", "1e-2147483647", "NaN"})
    void a_number_that_takes_minutes_to_write_out_delays_none(String cost) {
        vapi(call.vapi("end-of-call-report").replace("0.0444", cost));
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> only().body("items[0].cost", nullValue()));
        only().body("items[0].providerCallId", is(call.id())).body("items[0].durationSeconds", is(23));
        Caller.adminOfNewOrg().get("/api/calls").then().statusCode(200).time(org.hamcrest.Matchers.lessThan(1_000L));
    }

    @Test
    void calls_of_all_years_are_paged_to_the_end() {
        var front = Front.of(acme, "vapi");
        var years = List.of("+10000", "+999999999", "-4800", "0000", "9999", "0001", "+294277", "2026");
        for (var year : years) {
            front.vapi(SampleCall.create().vapi("end-of-call-report").replace("\"2026-06-01T", "\"" + year + "-06-01T"))
                    .then()
                    .statusCode(200);
        }
        Settled.all(acme);
        var seen = new ArrayList<String>();
        String cursor = "";
        while (cursor != null) {
            var page = acme.get("/api/calls?limit=1&cursor=" + cursor);
            page.then().statusCode(200);
            for (var time : List.of("startedAt", "answeredAt", "endedAt", "createdAt")) {
                var told = page.<String>path("items[0]." + time);
                assertTrue(told == null || told.matches("\\d{4}-\\d\\d-\\d\\dT.*Z"), told);
            }
            seen.add(page.path("items[0].id"));
            cursor = page.path("nextCursor");
        }
        assertEquals(years.size(), seen.stream().distinct().count());
    }

    @Test
    void a_report_without_a_start_is_no_missed_call() {
        var report = call.vapi("end-of-call-report").replace("\"startedAt\"", "\"was\"");
        vapi(report);
        Settled.all(acme);
        only().body("items[0].answered", is(true)).body("items[0].durationSeconds", is(23));
        assertEquals(List.of(), Crm.notifications(only().extract().path("items[0].id")));
    }

    @Test
    void a_report_without_any_time_but_with_talk_is_no_missed_call() {
        vapi(call.vapi("end-of-call-report")
                .replace("\"startedAt\"", "\"was\"")
                .replace("\"endedAt\"", "\"until\"")
                .replace("\"duration", "\"length")
                .replace("\"createdAt\"", "\"made\""));
        Settled.all(acme);
        only().body("items[0].answered", is(true)).body("items[0].durationSeconds", nullValue());
        assertEquals(List.of(), Crm.notifications(only().extract().path("items[0].id")));
    }

    @Test
    void lists_show_excerpts_of_long_texts() {
        var smile = "\\ud83d\\ude00";
        vapi(call.vapi("end-of-call-report")
                .replace("Caller booked a cleaning", smile.repeat(100_000))
                .replace("\"successEvaluation\": \"true\"", "\"successEvaluation\": \"" + smile.repeat(5_000) + "\""));
        Settled.all(acme);
        var listed = acme.get("/api/calls").<String>path("items[0].summary");
        assertEquals(500, listed.codePointCount(0, listed.length()));
        assertFalse(listed.contains("\ufffd"));
        var shown = acme.get("/api/calls/" + only().extract().path("items[0].id"));
        assertEquals(20_000, shown.<String>path("summary").length());
        assertEquals(2_000, shown.<String>path("successEvaluation").length());
    }

    @ParameterizedTest
    @CsvSource({
        "whatsapp:+12125550, +12125550",
        "tel:+1-212-555-0, +12125550",
        "+5213312345, +523312345",
        "\"Bea\" <sip:+12125550@gw.example>, +12125550"
    })
    void a_number_in_its_wrapping_has_its_contact(String from, String contact) {
        var own = call.caller().substring(9);
        var given = from.replaceFirst("(?<=\\d)(?=$|@)", own);
        answered(given);
        only().body("items[0].fromNumber", is(given)).body("items[0].contactId", org.hamcrest.Matchers.notNullValue());
        assertEquals(1, Crm.contacts(contact + own).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+86282452253",
                "+7378742833",
                "+266696687",
                "+2562533",
                "Restricted",
                "sip:anonymous@anonymous.invalid",
                "1001",
                "555-0137"
            })
    void one_that_is_withheld_or_short_has_none(String from) {
        answered(from);
        only().body("items[0].fromNumber", is(from)).body("items[0].contactId", nullValue());
    }

    @Test
    void an_extension_stays_one_in_a_country_of_short_numbers() {
        Caller.service("auth-service", acme.orgId())
                .put(
                        "/internal/organization",
                        Map.of(
                                "timeZone",
                                "Europe/London",
                                "defaultRegion",
                                "GB",
                                "businessHours",
                                Map.of(),
                                "version",
                                1))
                .then()
                .statusCode(204);
        answered("1002");
        only().body("items[0].fromNumber", is("1002")).body("items[0].contactId", nullValue());
        assertEquals(List.of(), Crm.contacts("+441002"));
    }

    @Test
    void a_placeholder_leaves_the_contact_s_name_open() {
        var parameters = call.twilio("completed", 1);
        parameters.put("CallDuration", "20");
        parameters.put("CallerName", call.caller());
        Front.of(acme, "twilio").twilio(parameters).then().statusCode(200);
        Settled.all(acme);
        assertNull(name(0));
        var named = call.vapi("end-of-call-report")
                .replace(
                        "\"number\": \"" + call.caller() + "\"",
                        "\"number\": \"" + call.caller() + "\", \"name\": \"Bea Long\"");
        vapi(named);
        Settled.all(acme);
        assertEquals("Bea Long", name(1));
    }

    @Test
    void a_name_is_cut_between_characters() {
        var name = "N".repeat(199) + "\\ud83d\\ude00" + "x".repeat(20);
        vapi(call.vapi("end-of-call-report")
                .replace(
                        "\"number\": \"" + call.caller() + "\"",
                        "\"number\": \"" + call.caller() + "\", \"name\": \"" + name + "\""));
        Settled.all(acme);
        assertEquals("N".repeat(199), name(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void an_empty_header_hides_no_other(String empty) {
        var front = Front.of(acme, "vapi");
        given().header("X-Vapi-Secret", empty)
                .header("x-signature", empty)
                .header("Authorization", "Bearer " + front.secret())
                .contentType("application/json")
                .body(call.vapi("end-of-call-report"))
                .post(front.path())
                .then()
                .statusCode(200);
        given().header("X-Vapi-Secret", empty)
                .contentType("application/json")
                .body(call.vapi("hang"))
                .post(front.path())
                .then()
                .statusCode(401);
    }

    private void answered(String from) {
        var parameters = call.twilio("completed", 1);
        parameters.put("From", from);
        parameters.put("CallDuration", "20");
        Front.of(acme, "twilio").twilio(parameters).then().statusCode(200);
        Settled.all(acme);
    }

    private void vapi(String body) {
        Front.of(acme, "vapi").vapi(body).then().statusCode(200);
    }

    private ValidatableResponse only() {
        return acme.get("/api/calls").then().statusCode(200).body("items.size()", is(1));
    }

    private String name(int nth) {
        var told = Crm.contacts(call.caller()).get(nth).getString("body");
        return new JsonObject(told).getString("name");
    }
}
