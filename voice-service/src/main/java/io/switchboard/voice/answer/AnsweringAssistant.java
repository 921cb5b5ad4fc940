package io.switchboard.voice.answer;

import io.switchboard.kit.text.CleanText;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.ToolDefinition;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is to answer a call: a voice agent, as the client of the number has adapted it.
 *
 * @param name of the voice agent; null where a client's assistant is the provider's own
 * @param displayName of the client's assistant; null without one
 * @param isOpen whether it may answer: everything is switched on, and tokens are left
 * @param lastCallAt the start of the last call with the same party that is over
 */
record AnsweringAssistant(
        @Nullable UUID clientId,
        @Nullable UUID assistantId,
        @Nullable UUID agentId,
        @Nullable UUID ownerId,
        @Nullable String name,
        @Nullable String displayName,
        @Nullable String providerAssistantId,
        @Nullable String firstMessage,
        @Nullable String prompt,
        @Nullable String voice,
        @Nullable String model,
        @Nullable String language,
        @Nullable String evalMethod,
        @Nullable Integer maxDurationSeconds,
        List<String> tools,
        boolean isOpen,
        @Nullable OffsetDateTime lastCallAt) {

    static AnsweringAssistant of(Row row) {
        var tools = row.getArrayOfStrings("allowed_tools");
        return new AnsweringAssistant(
                row.getUUID("client_id"),
                row.getUUID("assistant_id"),
                row.getUUID("agent_id"),
                row.getUUID("owner_id"),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("provider_assistant_id"),
                row.getString("first_message"),
                prompt(row.getString("system_prompt"), row.getString("personality_tone")),
                row.getString("voice"),
                row.getString("model"),
                row.getString("language"),
                row.getString("eval_method"),
                row.getInteger("max_call_duration"),
                tools == null ? List.of() : List.of(tools),
                row.getBoolean("is_open"),
                row.getOffsetDateTime("last_call_at"));
    }

    /** A tone alone would replace the prompt that the provider keeps. */
    private static @Nullable String prompt(@Nullable String prompt, @Nullable String tone) {
        return prompt == null || tone == null ? prompt : prompt + "\n\nPersonality and tone: " + tone;
    }

    /** A number may have neither a voice agent nor an assistant of the asking provider. */
    boolean isKnown() {
        return agentId != null || providerAssistantId != null;
    }

    AnswerContent.Assistant content(ContactContext contact, List<ToolDefinition> definitions) {
        return new AnswerContent.Assistant(
                displayName == null && providerAssistantId == null ? name : displayName,
                providerAssistantId,
                firstMessage == null ? null : CleanText.oneLine(firstMessage),
                prompt,
                voice,
                model,
                language,
                evalMethod,
                maxDurationSeconds,
                contact.variables(lastCallAt),
                definitions);
    }
}
