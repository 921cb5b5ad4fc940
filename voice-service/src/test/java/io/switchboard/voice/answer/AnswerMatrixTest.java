package io.switchboard.voice.answer;

import static io.switchboard.voice.answer.AnswerForm.ELEVENLABS_INITIATION;
import static io.switchboard.voice.answer.AnswerForm.ELEVENLABS_TOOL;
import static io.switchboard.voice.answer.AnswerForm.PLIVO_CALL;
import static io.switchboard.voice.answer.AnswerForm.RETELL_FUNCTION;
import static io.switchboard.voice.answer.AnswerForm.RETELL_INBOUND;
import static io.switchboard.voice.answer.AnswerForm.TELNYX_INITIALIZATION;
import static io.switchboard.voice.answer.AnswerForm.TWILIO_CALL;
import static io.switchboard.voice.answer.AnswerForm.VAPI_ASSISTANT;
import static io.switchboard.voice.answer.AnswerForm.VAPI_KNOWLEDGE;
import static io.switchboard.voice.answer.AnswerForm.VAPI_TOOLS;
import static io.switchboard.voice.answer.AnswerForm.VAPI_TRANSFER;
import static io.switchboard.voice.answer.AnswerForm.VONAGE_CALL;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PeerRequests;
import io.switchboard.kit.test.SilentDatabase;
import io.switchboard.voice.SampleCall;
import io.switchboard.voice.VoiceProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every question of every provider is answered 200 in its form, whatever is wrong. */
@QuarkusTest
@TestProfile(VoiceProfile.class)
class AnswerMatrixTest {
    static final List<String> CRM =
            List.of("/internal/contact-context", "/internal/tools/lookup_contact", "/internal/tools/search_knowledge");
    static final String CALL = "CallStatus=ringing&Direction=inbound&From=%2B15555550142&To=%2B15555550100";

    /** Signed, but not as the provider's documents have it. */
    static final Map<AnswerForm, List<String>> MALFORMED = Map.ofEntries(
            Map.entry(VAPI_ASSISTANT, vapi("assistant-request", "\"call\": 7", "\"call\": {\"id\": [], \"type\": {}}")),
            Map.entry(
                    VAPI_TOOLS,
                    vapi(
                            "tool-calls",
                            "\"toolCallList\": 7",
                            "\"toolCallList\": [7, {\"id\": 7}, {\"id\": \"t1\"}, {\"id\": \"t2\", \"name\": []}]",
                            "\"call\": {\"id\": \"c1\"}, \"toolCalls\": [{\"id\": \"t1\", \"name\": \"lookup_contact\","
                                    + " \"arguments\": \"{\\\"phone\\\": \"}]")),
            Map.entry(
                    VAPI_KNOWLEDGE,
                    vapi("knowledge-base-request", "\"messages\": \"x\"", "\"messages\": [{\"role\": 7}]")),
            Map.entry(VAPI_TRANSFER, vapi("transfer-destination-request", "\"call\": []")),
            Map.entry(
                    RETELL_INBOUND,
                    List.of(
                            "{\"event\": \"call_inbound\"}",
                            "{\"event\": \"call_inbound\", \"call_inbound\": {\"from_number\": {}, \"to_number\": 7}}")),
            Map.entry(
                    RETELL_FUNCTION,
                    List.of(
                            "{\"name\": \"lookup_contact\"}",
                            "{\"name\": 7, \"args\": {}}",
                            "{\"name\": \"lookup_contact\", \"args\": [7], \"call\": \"c1\"}")),
            Map.entry(
                    ELEVENLABS_INITIATION,
                    List.of(
                            "{\"call_sid\": \"CA1\", \"agent_id\": \"a\", \"called_number\": \"?\", \"caller_id\": []}",
                            "{\"call_sid\": \"CA1\", \"agent_id\": \"a\", \"called_number\": \"\"}",
                            "{\"call_sid\": \"CA1\", \"agent_id\": \"a\", \"called_number\": null}")),
            Map.entry(
                    ELEVENLABS_TOOL,
                    List.of("{", "[7]", "\"\\u0000\"", "{\"conversation_id\": \"c1\", \"args\": \"{\"}")),
            Map.entry(
                    TELNYX_INITIALIZATION,
                    List.of(
                            "{\"data\": {\"id\": \"2\", \"event_type\": \"assistant.initialization\", \"payload\": 7}}")),
            Map.entry(
                    TWILIO_CALL,
                    List.of(CALL, "CallSid=%00&" + CALL, "CallSid=" + "9".repeat(500) + "&" + CALL, "%%%")),
            Map.entry(
                    PLIVO_CALL,
                    List.of(CALL, "CallUUID=%00&" + CALL, "CallUUID=" + "9".repeat(500) + "&" + CALL, "&=")),
            Map.entry(
                    VONAGE_CALL,
                    List.of(
                            "{\"to\": \"15555550100\", \"from\": []}",
                            "{\"to\": \"15555550100\", \"uuid\": \"" + "9".repeat(500) + "\"}",
                            "{\"to\": \"?\", \"uuid\": \"\\u0000\"}",
                            "{\"to\": ",
                            "[7]")));

    /** Of {@link #MALFORMED}, those in which the carrier still says that a call comes in. */
    static final Map<AnswerForm, Integer> CALLS = Map.of(TWILIO_CALL, 3, PLIVO_CALL, 3, VONAGE_CALL, 3);

    final Caller acme = Caller.adminOfNewOrg();
    final String caller = SampleCall.create().caller().substring(1);
    FrontDesk desk;

    @BeforeEach
    void open() {
        desk = FrontDesk.open(acme);
        crmAnswers(
                200,
                "{\"name\": \"Ada\\nLovelace\", \"result\": \"Ada\\u0085 Lovelace.\", \"data\": {\"articles\": [{\"articleId\":"
                        + " \"k1\", \"title\": \"Hours\", \"passage\": \"From 9\\nto 17.\"}]}}");
    }

    @AfterEach
    void answerAsUsual() {
        PeerRequests.answerAsUsual(caller);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update agents set first_message = E'Acme,\\nhello.' where org_id = :org",
                "update agents set status = 'paused' where org_id = :org",
                "update members set is_active = false where org_id = :org and id = :owner",
                "update members set monthly_token_quota = 0 where org_id = :org and id = :owner",
                "delete from phone_numbers where org_id = :org",
                "delete from members where org_id = :org",
            })
    void each_question_has_an_answer(String change) {
        desk.run(change);
        askAll(LiveQuestion.all(acme));
    }

    @Test
    void each_question_has_an_answer_without_crm_service() {
        crmAnswers(500, "{}");
        askAll(LiveQuestion.all(acme));
    }

    @Test
    void each_question_has_an_answer_with_nonsense_from_crm_service() {
        crmAnswers(200, "{\"name\": 7, \"openTickets\": \"x\", \"result\": {}, \"data\": {\"articles\": [7]}}");
        askAll(LiveQuestion.all(acme));
    }

    @Test
    void each_question_of_a_blocked_contact_has_an_answer() {
        crmAnswers(200, "{\"isBlocked\": true, \"error\": \"I\\ndo not know.\"}");
        askAll(LiveQuestion.all(acme));
    }

    @Test
    void each_question_has_an_answer_without_the_database() {
        var questions = LiveQuestion.all(acme);
        askAll(questions);
        SilentDatabase.freezeDuring(() -> askAll(questions));
    }

    @ParameterizedTest
    @EnumSource(AnswerForm.class)
    void malformed_questions_have_an_answer(AnswerForm form) {
        var question = LiveQuestion.of(acme, form);
        var answers = MALFORMED.get(form).stream()
                .map(body -> question.send(body.replace(LiveQuestion.CALLER, caller)))
                .toList();
        answers.stream()
                .limit(CALLS.getOrDefault(form, 0))
                .forEach(answer -> assertTrue(answer.contains("message after the tone"), answer));
    }

    private void crmAnswers(int status, String body) {
        CRM.forEach(path -> PeerRequests.answer(path, status, body, caller));
    }

    private void askAll(List<LiveQuestion> questions) {
        var threads = Executors.newFixedThreadPool(questions.size());
        try {
            questions.stream()
                    .map(question -> CompletableFuture.runAsync(() -> question.ask(caller), threads))
                    .toList()
                    .forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }

    /** Messages of the type: with nothing, and with each of these in it. */
    private static List<String> vapi(String type, String... fields) {
        return Stream.concat(Stream.of(""), Stream.of(fields).map(field -> ", " + field))
                .map(more -> "{\"message\": {\"type\": \"" + type + "\"" + more + "}}")
                .toList();
    }
}
