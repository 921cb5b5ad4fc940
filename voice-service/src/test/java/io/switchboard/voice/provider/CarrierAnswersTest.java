package io.switchboard.voice.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerContent.NoAssistant;
import io.switchboard.voice.livecall.AnswerContent.Reason;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.MessageAfterTone;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.EndpointOptions;
import io.vertx.core.json.JsonArray;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** How carriers are told what to do with a call that comes in. */
class CarrierAnswersTest {
    static final AnswerContent DECLINED = new NoAssistant(Reason.DECLINED, "No.");
    static final String SAY = MessageAfterTone.SENTENCE;

    @Test
    void twilio_takes_a_message_and_rejects_who_is_blocked() throws Exception {
        var asked = asks("twilio", Fixtures.bytes("twilio/incoming-call.form"));
        assertEquals("+15555550142", asked.call().from());
        assertEquals("+15555550100", asked.call().to());
        assertEquals(
                List.of("Say {} " + SAY, "Record {action=" + Fixtures.URL + ", maxLength=120, playBeep=true} "),
                elements(answer("twilio", asked, new NoAssistant(Reason.AWAY, "Later."))));
        assertEquals(List.of("Reject {} "), elements(answer("twilio", asked, DECLINED)));
    }

    @Test
    void plivo_takes_a_message_and_rejects_who_is_blocked() throws Exception {
        var asked = asks("plivo", Fixtures.bytes("plivo/answer.form"));
        assertEquals("15555550100", asked.call().to());
        assertEquals(
                List.of("Speak {} " + SAY, "Record {action=" + Fixtures.URL + ", maxLength=120, playBeep=true} "),
                elements(answer("plivo", asked, new NoAssistant(Reason.CLOSED, "Closed."))));
        assertEquals(List.of("Hangup {reason=rejected} "), elements(answer("plivo", asked, DECLINED)));
    }

    @Test
    void vonage_takes_a_message_and_ends_the_call_of_who_is_blocked() {
        var asked = asks("vonage", Fixtures.bytes("vonage/answer.json"));
        var actions = new JsonArray(answer("vonage", asked, new NoAssistant(Reason.UNKNOWN_NUMBER, "Unknown.")));
        assertEquals(
                Map.of("action", "talk", "text", SAY), actions.getJsonObject(0).getMap());
        assertEquals("record", actions.getJsonObject(1).getString("action"));
        assertEquals(new JsonArray().add(Fixtures.URL), actions.getJsonObject(1).getJsonArray("eventUrl"));
        assertEquals("[]", answer("vonage", asked, DECLINED));
    }

    @Test
    void a_query_asks_as_a_body_does() {
        var query = Fixtures.text("vonage/answer-get-query.txt").strip();
        var asked = (AnswerRequest.Assistant)
                request("vonage", Fixtures.delivery("GET", Fixtures.URL + "?" + query, new byte[0], Map.of()));
        assertEquals("15555550100", asked.call().to());
        assertEquals(Fixtures.URL, asked.url());
    }

    @Test
    void what_follows_in_a_call_asks_for_nothing_new() {
        for (var file : List.of("twilio/dial-action.form", "twilio/status-ringing.form", "twilio/gather-digits.form")) {
            assertNull(request("twilio", Fixtures.delivery(Fixtures.bytes(file), Map.of())), file);
        }
        for (var file : List.of("plivo/ring.form", "plivo/hangup.form", "plivo/record-callback.form")) {
            assertNull(request("plivo", Fixtures.delivery(Fixtures.bytes(file), Map.of())), file);
        }
        assertNull(request("vonage", Fixtures.delivery(Fixtures.bytes("vonage/record.json"), Map.of())));
    }

    @Test
    void text_in_xml_is_escaped() throws Exception {
        var reply = new CallXml()
                .say("Say", "<Hangup/> & \"more\"")
                .action("Play", "url", "https://example.com/?a=1&b=\"2\"")
                .reply();
        assertEquals(
                List.of("Say {} <Hangup/> & \"more\"", "Play {url=https://example.com/?a=1&b=\"2\"} "),
                elements(reply.body()));
    }

    private static AnswerRequest.Assistant asks(String provider, byte[] body) {
        return (AnswerRequest.Assistant) request(provider, Fixtures.delivery(body, Map.of()));
    }

    private static AnswerRequest request(String provider, Delivery delivery) {
        var adapter = Fixtures.provider(provider);
        return adapter.answerRequest(delivery, adapter.identify(delivery), EndpointOptions.NONE);
    }

    private static String answer(String provider, AnswerRequest asked, AnswerContent content) {
        return Fixtures.provider(provider).answer(asked, content).body();
    }

    /** Each child of the document with its attributes, in the order of their names, and its text. */
    private static List<String> elements(String xml) throws Exception {
        var root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(UTF_8)))
                .getDocumentElement();
        assertEquals("Response", root.getNodeName());
        var found = new ArrayList<String>();
        for (var node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            var attributes = new TreeMap<String, String>();
            for (int i = 0; i < node.getAttributes().getLength(); i++) {
                var attribute = node.getAttributes().item(i);
                attributes.put(attribute.getNodeName(), attribute.getNodeValue());
            }
            found.add(((Element) node).getTagName() + " " + attributes + " " + node.getTextContent());
        }
        return found;
    }
}
