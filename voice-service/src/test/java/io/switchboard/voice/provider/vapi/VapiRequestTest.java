package io.switchboard.voice.provider.vapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.livecall.AnswerRequest.ToolCall;
import io.switchboard.voice.livecall.LiveCall;
import io.switchboard.voice.provider.Fixtures;
import io.switchboard.voice.signature.EndpointOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Vapi's messages ask for. */
class VapiRequestTest {
    static final String CALL = "80e67583-7388-58b5-b794-0c94727f8a0d";
    static final Set<String> ASKING =
            Set.of("assistant-request", "tool-calls", "transfer-destination-request", "knowledge-base-request");

    final Vapi vapi = new Vapi();

    @Test
    void it_asks_who_answers_a_call() {
        assertEquals(
                new AnswerRequest.Assistant(new LiveCall(CALL, "+15555550142", "+15555550100", null), Fixtures.URL),
                sample("assistant-request"));
    }

    @Test
    void tool_calls_are_read_in_every_form() {
        assertEquals(
                List.of("call_lookup01 lookup_contact {\"phone\":\"+15555550142\"}"), toolCalls(sample("tool-calls")));
        assertEquals(
                List.of(
                        "call_ticket01 open_ticket {\"title\":\"Billing question\",\"priority\":\"high\"}",
                        "call_ticket02 open_ticket {\"title\":\"Second question\",\"priority\":\"low\"}"),
                toolCalls(sample("tool-calls-flat-form")));
        assertEquals(
                List.of(
                        "call_kb01 search_knowledge_base {\"query\":\"do you take walk-ins on saturday\"}",
                        "call_book01 book_appointment {\"serviceType\":\"cleaning\","
                                + "\"startsAt\":\"2026-06-04T09:30:00-05:00\",\"durationMinutes\":30}"),
                toolCalls(sample("tool-calls-parallel-string-arguments")));
    }

    @Test
    void tool_calls_without_an_id_or_with_a_repeated_one_are_left_out() {
        var body = "{\"message\": {\"type\": \"tool-calls\", \"call\": {\"id\": \"c\"}, \"toolCallList\": ["
                + "{\"name\": \"a\"}, {\"id\": \"1\", \"name\": \"b\", \"arguments\": \"no JSON\"}, {\"id\": \"1\", \"name\": \"c\"}]}}";
        assertEquals(List.of("1 b \"no JSON\""), toolCalls(ask(body)));
    }

    @Test
    void a_transfer_goes_to_the_number_of_the_endpoint() {
        assertNull(((AnswerRequest.Transfer) sample("transfer-destination-request")).number());
        var options = new EndpointOptions(Map.of("transferNumber", "+15555550110"));
        var asked = (AnswerRequest.Transfer) ask(Fixtures.text("vapi/transfer-destination-request.json"), options);
        assertEquals("+15555550110", asked.number());
    }

    @Test
    void a_question_is_what_the_caller_said_last() {
        var asked = (AnswerRequest.Knowledge) sample("knowledge-base-request");
        assertEquals("I would like to book a cleaning on Thursday morning.", asked.query());
        assertEquals("68faec2a-0e8d-5adf-9b23-ccd67c1718c5", asked.call().assistantId());
    }

    @Test
    void a_malformed_message_may_still_ask() {
        var asked = assertInstanceOf(
                AnswerRequest.Assistant.class, ask("{\"message\": {\"type\": \"assistant-request\", \"call\": 7}}"));
        assertEquals(LiveCall.UNKNOWN, asked.call());
        assertNull(ask("{\"message\": {}}"));
        assertNull(ask("no JSON"));
    }

    @Test
    void other_messages_ask_for_nothing() {
        Fixtures.files("vapi").stream()
                .map(file -> file.replaceFirst("vapi/(.*)\\.json", "$1"))
                .filter(name -> ASKING.stream().noneMatch(name::startsWith))
                .forEach(name -> assertNull(sample(name), name));
    }

    private static List<String> toolCalls(AnswerRequest asked) {
        return ((AnswerRequest.Tools) asked)
                .toolCalls().stream().map(VapiRequestTest::text).toList();
    }

    private static String text(ToolCall toolCall) {
        return toolCall.id() + " " + toolCall.name() + " " + toolCall.arguments();
    }

    private AnswerRequest sample(String name) {
        return ask(Fixtures.text("vapi/" + name + ".json"));
    }

    private AnswerRequest ask(String body) {
        return ask(body, EndpointOptions.NONE);
    }

    private AnswerRequest ask(String body, EndpointOptions options) {
        var delivery = Fixtures.delivery(body.getBytes(UTF_8), Map.of());
        return vapi.answerRequest(delivery, vapi.identify(delivery, options), options);
    }
}
