package io.switchboard.voice.answer;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.VapiAnswers;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.SignedDelivery;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.xml.sax.InputSource;

/**
 * Something that a provider asks during a call, and what its answer must be like, whatever happens.
 *
 * @param file the provider's sample
 */
record LiveQuestion(Front front, String file, Consumer<String> check) {
    private static final String CALLER = "15555550142";

    static LiveQuestion of(Caller admin, String file) {
        var provider = file.substring(0, file.indexOf('/'));
        return new LiveQuestion(Front.of(admin, provider), file, checks(file));
    }

    /** Answers the body. @param caller who calls, without the plus */
    String ask(String caller) {
        return send(Fixtures.text(file).replace(CALLER, caller));
    }

    String send(String body) {
        var delivery = delivery(body.getBytes(StandardCharsets.UTF_8));
        var answer = given().headers(delivery.headers())
                .urlEncodingEnabled(false)
                .body(body)
                .post(front.path() + delivery.query())
                .then()
                .statusCode(200)
                .time(lessThan(4_000L)) // the longest budget, and as much for a busy machine
                .extract()
                .asString();
        check.accept(answer);
        return answer;
    }

    /** ElevenLabs signs none of its questions. */
    private SignedDelivery delivery(byte[] body) {
        return file.startsWith("elevenlabs/")
                ? new SignedDelivery(
                        "", Map.of("X-Switchboard-Secret", front.secret(), "Content-Type", "application/json"), body)
                : SignedDelivery.of(front, file.endsWith(".form") ? SignedDelivery.FORM : "application/json", body);
    }

    private static Consumer<String> checks(String file) {
        return switch (file) {
            case "retell/call_inbound.json" ->
                answer -> assertEquals(Set.of("call_inbound"), new JsonObject(answer).fieldNames());
            case "elevenlabs/conversation-initiation.json" ->
                answer -> assertEquals("conversation_initiation_client_data", new JsonObject(answer).getString("type"));
            case "twilio/incoming-call.form" -> answer -> checkXml(answer, Set.of("Say", "Record", "Reject"));
            case "plivo/answer.form" -> answer -> checkXml(answer, Set.of("Speak", "Record", "Hangup"));
            case "vonage/answer.json" ->
                answer -> new JsonArray(answer)
                        .forEach(action -> assertTrue(
                                Set.of("talk", "record").contains(((JsonObject) action).getString("action")), answer));
            default ->
                answer ->
                        VapiAnswers.check(file.substring(file.indexOf('/') + 1).replace(".json", ""), answer);
        };
    }

    private static void checkXml(String xml, Set<String> allowed) {
        try {
            var children = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement()
                    .getChildNodes();
            for (int i = 0; i < children.getLength(); i++) {
                assertTrue(allowed.contains(children.item(i).getNodeName()), xml);
            }
        } catch (Exception e) {
            throw new AssertionError(xml, e);
        }
    }
}
