package io.switchboard.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** What Vapi asks while a person waits, each in a call of its own. */
final class LiveQuestions {
    private static final String HEX = "0123456789abcdef";

    private final String assistantRequest = sample("vapi-assistant-request");
    private final String toolCalls = sample("vapi-tool-calls");

    /** Who answers a call. @param caller E.164 */
    String whoAnswers(String caller) {
        return ofNewCall(assistantRequest, caller);
    }

    /** To use a tool. @param arguments JSON */
    String use(String tool, String caller, String arguments) {
        return ofNewCall(toolCalls, caller)
                .replace("{{toolCallId}}", "call_" + UUID.randomUUID())
                .replace("{{tool}}", tool)
                .replace("{{arguments}}", arguments);
    }

    private static String ofNewCall(String sample, String caller) {
        String id = UUID.randomUUID().toString();
        return sample.replace("{{callId}}", id)
                .replace("{{callSid}}", "CA" + id.replace("-", ""))
                .replace("{{caller}}", caller);
    }

    /** One of the demo's, with all that calls may have in common. */
    private static String sample(String name) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return Script.of(
                "demo/" + name + ".json",
                Map.of(
                        "office", FrontDesk.NUMBER,
                        "accountSid", "AC" + HEX + HEX,
                        "createdAt", now.toString(),
                        "ringingMillis", Long.toString(now.toEpochMilli()),
                        "startedMillis", Long.toString(now.toEpochMilli())));
    }
}
