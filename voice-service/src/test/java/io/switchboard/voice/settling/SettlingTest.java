package io.switchboard.voice.settling;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.Sql;
import io.switchboard.voice.Front;
import io.switchboard.voice.KeptKeys;
import io.switchboard.voice.LogText;
import io.switchboard.voice.ProviderServer;
import io.switchboard.voice.VoiceProfile;
import io.switchboard.voice.call.Settled;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that never end are settled by their provider's word, or given up. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class SettlingTest {
    static final UUID ADMIN = UUID.randomUUID();

    final Caller acme = Caller.adminOfNewOrg();
    ProviderServer provider;
    StuckCallCase stuck;

    @BeforeEach
    void begin() {
        provider = ProviderServer.start();
        KeptKeys.keep("vapi", ADMIN, "vapi-canary-7001");
        stuck = StuckCallCase.begin(acme);
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void a_call_ends_by_its_provider_s_word() {
        provider.answer(stuck.path(), 200, Map.of(), stuck.ended());
        try (var log = LogText.listen()) {
            stuck.comeDue()
                    .awaitStatus("ended")
                    .body("endedReason", is("customer-ended-call"))
                    .body("endedAt", is("2026-06-01T13:01:05Z"))
                    .body("durationSeconds", is(60))
                    .body("cost", is(0.25f))
                    .body("summary", is("As the API tells it."))
                    .body("transcript", is("AI: Hello.\nUser: Goodbye."));
            assertFalse(log.text().contains("canary-7001"), "the key is not logged");
        }
        assertEquals("Bearer vapi-canary-7001", provider.asked().get(0).authorization());
        acme.get("/api/calls/{id}/events", stuck.id()).then().body("items.type", hasItem("settled"));
        stuck.tryAgain();
        stuck.awaitResult("none");
        assertEquals(1, provider.asked().size());
        assertEquals(List.of(), stuck.alerts());
    }

    @Test
    void the_provider_s_own_report_outweighs_its_answer() {
        provider.answer(stuck.path(), 200, Map.of(), stuck.ended());
        stuck.comeDue().awaitStatus("ended");
        stuck.report();
        var summary = stuck.awaitStatus("ended").extract().<String>path("summary");
        assertFalse(summary.contains("As the API tells it."));
    }

    @Test
    void without_a_key_its_end_is_unknown_and_admins_are_told() {
        KeptKeys.keepNone("vapi");
        stuck.comeDue().awaitStatus("unknown").body("endedReason", is("settled-unknown"));
        stuck.awaitResult("unknown");
        var alert = PeerRequests.await(1, "/internal/notifications", sent -> sent.getString("body")
                        .contains(stuck.id()))
                .get(0)
                .getString("body");
        assertTrue(alert.contains("\"roles\":[\"admin\"]"), alert);
        assertTrue(alert.contains("nobody keeps an API key"), alert);
        assertEquals(0, provider.asked().size());
    }

    @Test
    void what_its_carrier_told_of_the_end_counts_where_the_platform_cannot_be_asked() {
        KeptKeys.keepNone("vapi");
        Front.of(acme, "twilio")
                .twilio(stuck.call().carrier("completed", 3))
                .then()
                .statusCode(200);
        Settled.all(acme);
        stuck.awaitStatus("in_progress");
        stuck.comeDue().awaitStatus("ended").body("endedReason", not("settled-unknown"));
        stuck.awaitResult("ended");
        assertEquals(List.of(), stuck.alerts());
        stuck.report();
        stuck.awaitStatus("ended").body("endedReason", is("customer-ended-call"));
    }

    @Test
    void a_call_that_its_provider_does_not_know_is_unknown() {
        stuck.comeDue().awaitStatus("unknown");
        stuck.awaitResult("knows nothing of it");
        assertEquals(1, provider.asked().size());
    }

    @Test
    void later_word_still_counts() {
        KeptKeys.keepNone("vapi");
        stuck.comeDue().awaitStatus("unknown");
        stuck.report();
        var reason = stuck.awaitStatus("ended").extract().<String>path("endedReason");
        assertFalse(reason.contains("settled"), reason);
        stuck.awaitResult("unknown");
        assertEquals(
                0, Sql.superuser().number("select count(*) from calls_to_settle where call_id = '" + stuck.id() + "'"));
    }

    @Test
    void a_provider_that_fails_three_times_is_asked_no_more() {
        provider.answer(stuck.path(), 500, Map.of(), "{}");
        stuck.comeDue();
        awaitAsked(1);
        stuck.tryAgain();
        awaitAsked(2);
        stuck.awaitStatus("in_progress");
        stuck.tryAgain();
        stuck.awaitStatus("unknown");
        stuck.awaitResult("no usable answer");
        assertEquals(3, provider.asked().size());
    }

    @Test
    void while_its_provider_says_that_it_goes_on_it_is_asked_again() {
        provider.answer(stuck.path(), 200, Map.of(), stuck.goesOn());
        stuck.comeDue();
        awaitAsked(1);
        stuck.tryAgain();
        awaitAsked(2);
        stuck.awaitStatus("in_progress");
        provider.answer(stuck.path(), 200, Map.of(), stuck.ended());
        stuck.tryAgain();
        stuck.awaitStatus("ended").body("endedReason", is("customer-ended-call"));
        assertEquals(List.of(), stuck.alerts());
    }

    @Test
    void what_is_no_json_is_no_answer() {
        provider.answer(stuck.path(), 200, Map.of(), "<html>");
        stuck.comeDue();
        awaitAsked(1);
        await().until(() -> String.valueOf(stuck.work().get("progress")).contains("\"failures\": 1"));
        stuck.awaitStatus("in_progress");
    }

    @Test
    void while_auth_service_gives_no_keys_nothing_is_decided() {
        KeptKeys.away("vapi");
        stuck.comeDue();
        for (int time = 1; time <= 4; time++) {
            var times = time;
            await().until(
                            () -> stuck.work(),
                            work -> work.get("lease") == null && Integer.parseInt(work.get("attempts")) == times);
            stuck.tryAgain();
        }
        stuck.awaitStatus("in_progress");
        KeptKeys.keep("vapi", ADMIN, "vapi-canary-7001");
        provider.answer(stuck.path(), 200, Map.of(), stuck.ended());
        await().untilAsserted(() -> {
            stuck.tryAgain();
            acme.get("/api/calls/{id}", stuck.id()).then().body("status", is("ended"));
        });
    }

    @Test
    void the_key_of_the_voice_agent_s_owner_comes_first() {
        var owner = UUID.randomUUID();
        var agent = UUID.randomUUID();
        Sql.superuser()
                .withoutTriggers()
                .run(
                        "insert into agents (org_id, id, owner_id, name) values ('" + acme.orgId() + "', '" + agent
                                + "', '" + owner + "', 'Front desk')",
                        "update call_logs set agent_id = '" + agent + "' where id = '" + stuck.id() + "'");
        KeptKeys.keepOf(owner, "vapi", "key-of-the-owner");
        provider.refuse("Bearer key-of-the-owner", 401);
        provider.answer(stuck.path(), 200, Map.of(), stuck.ended());
        stuck.comeDue().awaitStatus("ended");
        assertEquals(
                List.of("Bearer key-of-the-owner", "Bearer vapi-canary-7001"),
                provider.asked().stream()
                        .map(ProviderServer.Asked::authorization)
                        .toList());
    }

    @Test
    void an_ended_call_is_not_asked_for() {
        stuck.report();
        stuck.comeDue();
        await().until(() ->
                Sql.superuser().number("select count(*) from calls_to_settle where call_id = '" + stuck.id() + "'")
                        == 0);
        assertEquals(0, provider.asked().size());
        stuck.awaitStatus("ended").body("endedReason", containsString("ended"));
    }

    private void awaitAsked(int times) {
        await().until(() -> provider.asked().size() == times && stuck.work().get("lease") == null);
    }
}
