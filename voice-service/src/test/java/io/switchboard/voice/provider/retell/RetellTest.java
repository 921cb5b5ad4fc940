package io.switchboard.voice.provider.retell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.IdentifiedEvent.Repeat;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.signature.Signature;
import io.switchboard.voice.signature.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signatures and names. */
class RetellTest {
    private static final String CALL = "call_f621827f917c793897ac98d1d63";
    private static final byte[] KEY = bytes("key");
    private static final byte[] BODY = bytes("{\"event\":\"call_ended\"}");
    private static final Instant NOW = Instant.ofEpochMilli(1_780_318_900_000L);

    private final Retell retell = new Retell();

    @Test
    void a_signature_is_good_for_five_minutes_either_way() {
        assertTrue(verifies(signature(NOW.minusSeconds(300))));
        assertTrue(verifies(signature(NOW.plusSeconds(300))));
        assertFalse(verifies(signature(NOW.minusSeconds(300).minusMillis(1))));
        assertFalse(verifies(signature(NOW.plusSeconds(300).plusMillis(1))));
        assertFalse(verifies(signature(NOW.minusSeconds(301))));
        assertFalse(verifies(signature(NOW.plusSeconds(301))));
    }

    @Test
    void only_the_exact_form_is_a_signature() {
        String good = signature(NOW);
        for (String other : List.of(
                "",
                " ",
                good.toUpperCase(Locale.ROOT),
                good.replace("d=", "d=" + "A"),
                good.substring(0, good.length() - 1),
                good + "0",
                good + ",",
                " " + good,
                good + ", " + good,
                good.replace(",", ", "),
                "v=" + "9".repeat(40) + ",d=" + "0".repeat(64),
                "v=,d=" + "0".repeat(64),
                "v=-1,d=" + "0".repeat(64))) {
            assertFalse(verifies(other), other);
        }
        String upper = good.substring(0, good.indexOf("d=") + 2)
                + good.substring(good.indexOf("d=") + 2).toUpperCase(Locale.ROOT);
        assertFalse(verifies(upper), "hexadecimal in capitals");
        assertEquals(Verdict.REFUSED, Fixtures.verdict(retell, Fixtures.delivery(BODY, Map.of()), NOW, KEY));
    }

    @Test
    void the_secret_itself_is_no_signature() {
        assertEquals(
                Verdict.REFUSED,
                Fixtures.verdict(
                        retell,
                        Fixtures.delivery(BODY, Map.of("Authorization", "Bearer key", "X-Switchboard-Secret", "key")),
                        NOW,
                        KEY));
    }

    @Test
    void events_are_named_by_call_and_kind() {
        assertEquals(CALL + ":call_started", name("call_started"));
        assertEquals(CALL + ":call_ended", name("call_ended"));
        assertEquals(CALL + ":call_analyzed", name("call_analyzed"));
        assertEquals(CALL + ":transcript_updated", name("transcript_updated"));
        assertEquals("call_inbound:+15555550142:+15555550100:1780318800000", name("call_inbound"));
        assertTrue(name("transfer_started").matches(CALL + ":transfer_started:[0-9a-f]{64}"));
        assertTrue(name("custom-function").matches(CALL + ":lookup_contact:[0-9a-f]{64}:0"));
    }

    @Test
    void another_transfer_has_another_name() {
        String transfer = Fixtures.text("retell/transfer_bridged.json");
        String inside = transfer.replace("\"call_id\"", "\"transfer_end_timestamp\": 1780318860000, \"call_id\"");
        assertNotEquals(id(transfer), id(transfer.replace("+15555550110", "+15555550111")));
        assertNotEquals(id(transfer), id(inside));
        assertEquals(id(transfer), id(transfer.replace("\"number\":", "\"number\"  :")), "spaces name nothing");
        String callsOwn = "{\"event\":\"transfer_ended\",\"call\":{\"call_id\":\"c\",\"transfer_destination\":\"X\"}}";
        assertNotEquals(id(callsOwn), id(callsOwn.replace("X", "Y")));
        assertEquals(
                id(callsOwn),
                id("{\"event\":\"transfer_ended\",\"transfer_destination\":\"X\",\"call\":{\"call_id\":\"c\"}}"));
    }

    @Test
    void a_function_that_runs_again_has_another_name() {
        String function = Fixtures.text("retell/custom-function.json");
        String invoked = function.replace(
                "\"transcript_with_tool_calls\": [",
                "\"transcript_with_tool_calls\": [{\"role\": \"tool_call_invocation\", \"name\": \"lookup_contact\"},");
        assertEquals(id(function), id(function.replace("\n", " ")), "the same bytes but for spaces");
        assertNotEquals(id(function), id(function.replace("\"phone\": \"+15555550142\"", "\"phone\": \"+1\"")));
        assertEquals(id(function).replaceFirst(":0$", ":1"), id(invoked));
        assertNotEquals(id(arguments("[1,2]")), id(arguments("[12]")));
        assertNotEquals(id(arguments("\"1\"")), id(arguments("1")));
        assertNotEquals(id(arguments("{\"a\":\"b\"}")), id(arguments("[\"a\",\"b\"]")));
        String alone = "{\"name\":\"lookup\",\"args\":{\"phone\":\"+1\"}}";
        assertEquals("function", identify(alone).type());
        assertNull(identify(alone).callKey());
    }

    @Test
    void chats_are_kept_and_are_no_calls() {
        for (String type : List.of("chat_started", "chat_ended", "chat_analyzed", "transcript_updated")) {
            String chat = "{\"event\":\"" + type + "\",\"chat\":{\"chat_id\":\"chat_1\",\"chat_status\":\"ended\"}}";
            IdentifiedEvent event = identify(chat);
            assertEquals("chat_1:" + type, event.eventId());
            assertNull(event.callKey());
            assertNull(retell.translate(new RawEvent(type, 1, event.body(), NOW)));
        }
    }

    @Test
    void what_is_asked_before_a_call_is_answered_and_no_call() {
        IdentifiedEvent inbound = identify(Fixtures.text("retell/call_inbound.json"));
        assertNull(inbound.callKey());
        assertNull(retell.translate(new RawEvent(inbound.type(), 1, inbound.body(), NOW)));
        assertEquals("{\"call_inbound\":{}}", retell.reply(inbound.alone()).body());
        IdentifiedEvent sms = identify("{\"event\":\"chat_inbound\",\"chat_inbound\":{\"from_number\":\"+1\"}}");
        assertEquals("chat_inbound:+1", sms.eventId());
        assertEquals("{}", retell.reply(sms.alone()).body());
        assertEquals(
                "{}",
                retell.reply(identify(Fixtures.text("retell/call_ended.json")).alone())
                        .body());
    }

    @Test
    void without_a_time_of_its_own_the_signature_names_it() {
        byte[] inbound = bytes("{\"event\":\"call_inbound\",\"call_inbound\":{\"from_number\":\"+1\"}}");
        String header = signature(NOW);
        assertEquals(
                "call_inbound:+1:1780318900000",
                retell.identify(Fixtures.delivery(inbound, Map.of("X-Retell-Signature", header)))
                        .get(0)
                        .eventId());
    }

    @Test
    void reports_are_added_and_a_talk_is_replaced() {
        assertEquals(
                Repeat.ADDED, identify(Fixtures.text("retell/call_ended.json")).repeat());
        assertEquals(
                Repeat.ADDED,
                identify(Fixtures.text("retell/call_analyzed.json")).repeat());
        assertEquals(
                Repeat.IGNORED,
                identify(Fixtures.text("retell/call_started.json")).repeat());
        IdentifiedEvent talk = identify(Fixtures.text("retell/transcript_updated.json"));
        assertEquals(Repeat.REPLACED, talk.repeat());
        assertEquals(Instant.ofEpochMilli(1_780_318_802_400L), talk.sentAt(), "when the last word was said");
        String wordless = Fixtures.text("retell/transcript_updated.json").replace("\"words\"", "\"w\"");
        assertNull(identify(wordless).sentAt());
        assertEquals(
                NOW,
                retell.identify(Fixtures.delivery(bytes(wordless), Map.of("x-retell-signature", signature(NOW))))
                        .get(0)
                        .sentAt());
    }

    @Test
    void an_unknown_event_is_accepted() {
        assertEquals(
                "c1:call_brand_new", id("{\"event\":\"call_brand_new\",\"call\":{\"call_id\":\"c1\"},\"x\":[{}]}"));
        assertEquals("account_low:5", id("{\"event\":\"account_low\",\"event_timestamp\":5}"));
    }

    @Test
    void what_cannot_be_named_is_malformed() {
        String whole = Fixtures.text("retell/call_ended.json").strip();
        for (String body : List.of(
                "",
                "[]",
                "null",
                "{",
                "{}",
                "{\"event\":7}",
                "{\"event\":\"call_ended\"}",
                "{\"event\":\"call_ended\",\"call\":\"c1\"}",
                "{\"event\":\"call_ended\",\"call\":{\"call_id\":7}}",
                "{\"event\":\"call_ended\",\"call\":{\"call_id\":\" \"}}",
                "{\"phone\":\"+1\"}",
                "{\"name\":\"lookup\"}",
                whole + "{}",
                whole.substring(0, whole.length() - 1),
                "[".repeat(60),
                "{\"event\":\"x\",\"call\":{\"call_id\":\"" + "1".repeat(500) + "\"}}")) {
            IdentifiedEvent event = identify(body);
            assertTrue(event.isMalformed(), body);
            assertEquals("malformed:" + Signature.hex(Signature.sha256(bytes(body))), event.eventId());
        }
    }

    @Test
    void names_hold_nothing_that_the_database_refuses() {
        IdentifiedEvent event = identify("{\"event\":\"call\\u0000ended\",\"call\":{\"call_id\":\"c\\ud800\"}}");
        assertEquals("c\uFFFD:call\uFFFDended", event.eventId());
        assertEquals("c\uFFFD", event.callKey());
    }

    private static String arguments(String value) {
        return "{\"name\":\"f\",\"args\":" + value + ",\"call\":{\"call_id\":\"c1\"}}";
    }

    private static String name(String sample) {
        return id(Fixtures.text("retell/" + sample + ".json"));
    }

    private static String id(String body) {
        return identify(body).eventId();
    }

    private static IdentifiedEvent identify(String body) {
        return Fixtures.identify("retell", body);
    }

    private boolean verifies(String signature) {
        return Fixtures.verdict(retell, Fixtures.delivery(BODY, Map.of("x-retell-signature", signature)), NOW, KEY)
                .isAccepted();
    }

    private static String signature(Instant at) {
        String millis = Long.toString(at.toEpochMilli());
        return "v=" + millis + ",d=" + Signature.hex(Signature.hmac("HmacSHA256", KEY, BODY, bytes(millis)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
