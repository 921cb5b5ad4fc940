package io.switchboard.voice.provider.elevenlabs;

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

/** Signatures, shared secrets and names. */
class ElevenLabsTest {
    private static final String CONVERSATION = "conv_f71854425943c68be20e578c8e";
    private static final byte[] KEY = bytes("key");
    private static final byte[] BODY = Fixtures.bytes("elevenlabs/post_call_transcription.json");
    private static final byte[] INITIATION = Fixtures.bytes("elevenlabs/conversation-initiation.json");
    private static final byte[] TOOL = bytes("{\"conversation_id\":\"conv_1\",\"phone\":\"+15555550142\"}");
    private static final Instant NOW = Instant.ofEpochSecond(1_780_318_900);

    private final ElevenLabs elevenLabs = new ElevenLabs();

    @Test
    void a_signature_is_good_for_half_an_hour_and_may_be_a_little_early() {
        assertTrue(verifies(signature(NOW.minusSeconds(1_800))));
        assertFalse(verifies(signature(NOW.minusSeconds(1_801))));
        assertTrue(verifies(signature(NOW.plusSeconds(300))));
        assertFalse(verifies(signature(NOW.plusSeconds(301))));
    }

    @Test
    void only_the_exact_form_is_a_signature() {
        String good = signature(NOW);
        for (String other : List.of(
                good.toUpperCase(Locale.ROOT),
                good.substring(0, good.length() - 1),
                good + "0",
                good + ",",
                " " + good,
                good + ", " + good,
                good + "," + good,
                good.replace(",", ", "),
                good.replace("v0=", "v1="),
                "t=" + "9".repeat(40) + ",v0=" + "0".repeat(64),
                "t=,v0=" + "0".repeat(64),
                "t=-1,v0=" + "0".repeat(64))) {
            assertFalse(verifies(other), other);
        }
        assertTrue(verifies(good + ",v1=" + "f".repeat(64)), "a later version beside it");
        assertFalse(verifies(good.replace("v0=", "v1=x,v0=")));
    }

    @Test
    void what_elevenlabs_does_not_sign_comes_with_the_secret() {
        for (byte[] body : List.of(INITIATION, TOOL)) {
            assertEquals(Verdict.CURRENT, verdict(body, Map.of("Authorization", "Bearer key")));
            assertEquals(Verdict.CURRENT, verdict(body, Map.of("authorization", "bearer  key")));
            assertEquals(Verdict.CURRENT, verdict(body, Map.of("X-Switchboard-Secret", "key")));
            assertEquals(
                    Verdict.PREVIOUS,
                    Fixtures.verdict(
                            elevenLabs,
                            Fixtures.delivery(body, Map.of("X-Switchboard-Secret", "key")),
                            NOW,
                            bytes("new"),
                            KEY));
            for (Map<String, String> headers : List.of(
                    Map.<String, String>of(),
                    Map.of("Authorization", "Basic key"),
                    Map.of("Authorization", "key"),
                    Map.of("Authorization", "Bearer "),
                    Map.of("Authorization", "Bearer kez"),
                    Map.of("X-Switchboard-Secret", "kez"),
                    Map.of("X-Switchboard-Secret", " "),
                    Map.of("X-Switchboard-Secret", "kez", "Authorization", "Bearer key"),
                    Map.of("xi-api-key", "key"))) {
                assertEquals(Verdict.REFUSED, verdict(body, headers), headers::toString);
            }
        }
    }

    @Test
    void nothing_else_is_accepted_with_the_secret() {
        for (String body : List.of(
                Fixtures.text("elevenlabs/post_call_transcription.json"),
                Fixtures.text("elevenlabs/post_call_audio.json"),
                Fixtures.text("elevenlabs/call_initiation_failure-sip.json"),
                "{\"type\":\"brand_new\",\"data\":{},\"conversation_id\":\"c\"}",
                "{\"caller_id\":\"+1\",\"agent_id\":\"a\"}",
                "{\"call_sid\":\"CA1\",\"agent_id\":\"a\"}",
                "{\"conversation_id\":7}",
                "{\"conversation_id\":\"c\"",
                "{}",
                "[]",
                "")) {
            assertEquals(Verdict.REFUSED, verdict(bytes(body), Map.of("Authorization", "Bearer key")), body);
        }
    }

    @Test
    void a_wrong_signature_is_not_mended_by_the_secret() {
        Map<String, String> headers =
                Map.of("ElevenLabs-Signature", "t=1780318900,v0=" + "0".repeat(64), "X-Switchboard-Secret", "key");
        assertEquals(Verdict.REFUSED, verdict(INITIATION, headers));
        assertEquals(
                Verdict.CURRENT,
                verdict(INITIATION, Map.of("ElevenLabs-Signature", " ", "X-Switchboard-Secret", "key")),
                "an empty header is none");
        assertEquals(
                Verdict.CURRENT,
                verdict(INITIATION, Map.of("X-Switchboard-Secret", "", "Authorization", "Bearer key")));
    }

    @Test
    void events_are_named_by_conversation_and_type() {
        assertEquals(CONVERSATION + ":post_call_transcription", name("post_call_transcription"));
        assertEquals(CONVERSATION + ":post_call_audio", name("post_call_audio"));
        assertEquals("conv_421bbe9fcf3a6c4df40e38fc7a:call_initiation_failure", name("call_initiation_failure-sip"));
        assertEquals("CA9c83d636156642b58318bae947b8b628:conversation-initiation", name("conversation-initiation"));
    }

    @Test
    void a_tool_is_named_by_its_arguments() {
        String tool = new String(TOOL, StandardCharsets.UTF_8);
        assertTrue(identify(tool).eventId().matches("conv_1:tool:[0-9a-f]{64}"));
        assertEquals(identify(tool).eventId(), identify(tool).eventId());
        assertNotEquals(
                identify(tool).eventId(), identify(tool.replace("42", "43")).eventId());
        assertNull(identify(tool).callKey());
        assertNull(translate(identify(tool)));
    }

    @Test
    void reports_are_added_and_recordings_are_not() {
        assertEquals(
                Repeat.ADDED,
                identify(Fixtures.text("elevenlabs/post_call_transcription.json"))
                        .repeat());
        assertEquals(
                Repeat.ADDED,
                identify(Fixtures.text("elevenlabs/call_initiation_failure-sip.json"))
                        .repeat());
        assertEquals(
                Repeat.IGNORED,
                identify(Fixtures.text("elevenlabs/post_call_audio.json")).repeat());
    }

    @Test
    void only_the_start_of_a_conversation_wants_an_answer() {
        IdentifiedEvent start = identify(Fixtures.text("elevenlabs/conversation-initiation.json"));
        assertEquals(
                "{\"type\":\"conversation_initiation_client_data\",\"dynamic_variables\":{}}",
                elevenLabs.reply(start.alone()).body());
        assertNull(start.callKey());
        assertNull(translate(start));
        assertEquals(
                "{}",
                elevenLabs
                        .reply(identify(Fixtures.text("elevenlabs/post_call_audio.json"))
                                .alone())
                        .body());
    }

    @Test
    void an_unknown_type_is_kept_and_not_shown() {
        for (String type : List.of("unredacted_transcript", "unredacted_audio", "brand.new")) {
            IdentifiedEvent event =
                    identify("{\"type\":\"" + type + "\",\"data\":{\"conversation_id\":\"c1\",\"transcript\":[]}}");
            assertEquals("c1:" + type, event.eventId());
            assertNull(event.callKey());
            assertNull(translate(event));
        }
        assertEquals(
                "5:brand.new",
                identify("{\"type\":\"brand.new\",\"event_timestamp\":5,\"data\":{}}")
                        .eventId());
    }

    @Test
    void what_cannot_be_named_is_malformed() {
        String whole = Fixtures.text("elevenlabs/post_call_transcription.json").strip();
        for (String body : List.of(
                "",
                "[]",
                "null",
                "{",
                "{}",
                "{\"type\":\"post_call_transcription\"}",
                "{\"type\":\"post_call_transcription\",\"data\":[]}",
                "{\"type\":\"post_call_transcription\",\"data\":{}}",
                "{\"type\":\"post_call_transcription\",\"data\":{\"conversation_id\":7}}",
                "{\"type\":7,\"data\":{\"conversation_id\":\"c\"}}",
                "{\"call_sid\":\"CA1\"}",
                whole + "{}",
                whole.substring(0, whole.length() - 1),
                "[".repeat(60),
                "{\"type\":\"x\",\"data\":{\"conversation_id\":\"" + "1".repeat(500) + "\"}}")) {
            IdentifiedEvent event = identify(body);
            assertTrue(event.isMalformed(), body);
            assertEquals("malformed:" + Signature.hex(Signature.sha256(bytes(body))), event.eventId());
        }
    }

    @Test
    void names_hold_nothing_that_the_database_refuses() {
        IdentifiedEvent event =
                identify("{\"type\":\"post_call_audio\",\"data\":{\"conversation_id\":\"c\\u0000\\ud800\"}}");
        assertEquals("c\uFFFD\uFFFD:post_call_audio", event.eventId());
        assertEquals("c\uFFFD\uFFFD", event.callKey());
    }

    private Object translate(IdentifiedEvent event) {
        return elevenLabs.translate(new RawEvent(event.type(), 1, event.body(), NOW));
    }

    private static String name(String sample) {
        return identify(Fixtures.text("elevenlabs/" + sample + ".json")).eventId();
    }

    private static IdentifiedEvent identify(String body) {
        return Fixtures.identify("elevenlabs", body);
    }

    private boolean verifies(String signature) {
        return verdict(BODY, Map.of("ElevenLabs-Signature", signature)).isAccepted();
    }

    private Verdict verdict(byte[] body, Map<String, String> headers) {
        return Fixtures.verdict(elevenLabs, Fixtures.delivery(body, headers), NOW, KEY);
    }

    private static String signature(Instant at) {
        String seconds = Long.toString(at.getEpochSecond());
        return "t=" + seconds + ",v0=" + Signature.hex(Signature.hmac("HmacSHA256", KEY, bytes(seconds + "."), BODY));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
