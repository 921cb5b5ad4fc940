package io.switchboard.voice.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerContent.ToolResult;
import io.switchboard.voice.livecall.AnswerContent.ToolResults;
import io.switchboard.voice.signature.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolDeliveryTest {
    private static final String URL = Fixtures.URL + "/tools/open_ticket";

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "?a=b", "/?a=/tools/b"})
    void the_url_names_the_tool(String end) {
        assertEquals("open_ticket", ToolDelivery.tool(delivery(URL + end, "{}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/tools", "/tools/", "/tools/a/b", "?x=/tools/open_ticket"})
    void other_urls_name_none(String end) {
        assertNull(ToolDelivery.tool(delivery(Fixtures.URL + end, "{}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'title': 'Bill', 'conversation_id': 'c1'} | c1 | {'title':'Bill'}",
                "{'title': 'Bill', 'call_control_id': 'c1', 'agent_id': 'a'} | c1 | {'title':'Bill'}",
                "{'name': 'open_ticket', 'args': {'title': 'Bill'}, 'call': {'call_id': 'c1'}} | c1 | {'title':'Bill'}",
                "{'args': {'title': 'Bill'}, 'conversation_id': 'c1'} | c1 | {'title':'Bill'}",
                "{'title': 'Bill', 'args': 5} | | {'title':'Bill','args':5}",
                "{} | | {}"
            })
    void arguments_are_bare_or_beside_the_call(String body, String call, String arguments) {
        var request = ToolDelivery.request(delivery(URL, body), "open_ticket");
        assertEquals(call, request.call().id());
        assertEquals(1, request.toolCalls().size());
        assertNull(request.toolCalls().get(0).id());
        assertEquals("open_ticket", request.toolCalls().get(0).name());
        assertEquals(
                arguments.replace('\'', '"'),
                request.toolCalls().get(0).arguments().toString());
    }

    @Test
    void a_use_is_an_event_of_its_call() {
        var event = ToolDelivery.identify(delivery(URL, "{'conversation_id': 'c1', 'a': 1}"), "open_ticket");
        assertEquals("c1", event.callKey());
        assertTrue(event.eventId().startsWith("c1:tool-use:open_ticket:"));
        var other = ToolDelivery.identify(delivery(URL, "{'conversation_id': 'c1', 'a': 2}"), "open_ticket");
        assertNotEquals(event.eventId(), other.eventId());
        assertNull(ToolDelivery.identify(delivery(URL, "{}"), "open_ticket").callKey());
        assertTrue(ToolDelivery.identify(delivery(URL, "{"), "open_ticket").isMalformed());
        assertTrue(ToolDelivery.identify(delivery(URL, "[]"), "open_ticket").isMalformed());
    }

    @Test
    void the_answer_is_a_result_or_an_error() {
        assertEquals("{\"result\":\"Opened.\"}", reply("Opened.", null));
        assertEquals("{\"error\":\"Sorry.\"}", reply(null, "Sorry."));
        assertEquals(
                "{\"error\":\"Later.\"}",
                ToolDelivery.reply(new AnswerContent.Failure("Later.")).body());
    }

    private static String reply(String result, String error) {
        return ToolDelivery.reply(new ToolResults(List.of(new ToolResult("", "open_ticket", result, error))))
                .body();
    }

    private static Delivery delivery(String url, String body) {
        return Fixtures.delivery("POST", url, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
