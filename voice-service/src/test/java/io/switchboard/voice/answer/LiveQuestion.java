package io.switchboard.voice.answer;

import static io.restassured.RestAssured.given;

import io.switchboard.kit.test.Caller;
import io.switchboard.voice.Front;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.provider.SignedDelivery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Something that a provider asks during a call, and what its answer must be like, whatever happens.
 *
 * @param form of the answer
 * @param under the endpoint's path
 */
record LiveQuestion(Front front, AnswerForm form, String under, String body) {
    /** In the bodies, without a plus. */
    static final String CALLER = "15555550142";

    private static final String TELNYX =
            "{\"data\": {\"id\": \"1\", \"event_type\": \"assistant.initialization\", \"payload\":"
                    + " {\"call_control_id\": \"v3:abc\", \"assistant_id\": \"assistant-1\", \"telnyx_agent_target\":"
                    + " \"+15555550100\", \"telnyx_end_user_target\": \"+15555550142\"}}}";
    private static final String TOOL = "{\"conversation_id\": \"conv_1\", \"phone\": \"+15555550142\"}";

    /** All that any provider asks. */
    static List<LiveQuestion> all(Caller admin) {
        return Stream.of(AnswerForm.values()).map(form -> of(admin, form)).toList();
    }

    static LiveQuestion of(Caller admin, AnswerForm form) {
        var provider = form.provider();
        var front = Front.of(admin, provider, SignedDelivery.secret(provider));
        return switch (form) {
            case TELNYX_INITIALIZATION -> new LiveQuestion(front, form, "", TELNYX);
            case ELEVENLABS_TOOL -> new LiveQuestion(front, form, "/tools/lookup_contact", TOOL);
            case VAPI_KNOWLEDGE ->
                new LiveQuestion(front, form, "", sample(form).replace("Thursday", "Thursday " + CALLER));
            default -> new LiveQuestion(front, form, "", sample(form));
        };
    }

    private static String sample(AnswerForm form) {
        return Fixtures.text(form.provider() + "/" + form.sample());
    }

    /** Answers the body. @param caller who calls, without the plus */
    String ask(String caller) {
        return send(body.replace(CALLER, caller));
    }

    String send(String body) {
        var delivery = delivery(body.getBytes(StandardCharsets.UTF_8));
        var answer = given().headers(delivery.headers())
                .urlEncodingEnabled(false)
                .body(body)
                .post(front.path() + under + delivery.query())
                .then()
                .statusCode(200)
                .extract()
                .asString();
        form.check(answer);
        return answer;
    }

    /** ElevenLabs signs none of its questions. */
    private SignedDelivery delivery(byte[] body) {
        var mediaType = form.sample().endsWith(".form") ? SignedDelivery.FORM : "application/json";
        return front.provider().equals("elevenlabs")
                ? new SignedDelivery(
                        "", Map.of("X-Switchboard-Secret", front.secret(), "Content-Type", mediaType), body)
                : SignedDelivery.of(front, mediaType, body);
    }
}
