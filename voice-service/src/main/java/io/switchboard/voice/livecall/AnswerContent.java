package io.switchboard.voice.livecall;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a live request is answered, before it gets the provider's form. Sentences are one line, to be spoken. */
public sealed interface AnswerContent {
    /** For prompts and sentences, by name. */
    default Map<String, String> variables() {
        return Map.of();
    }

    /**
     * The assistant that takes the call. What is null stays as the provider has it.
     *
     * @param providerAssistantId the provider's own configuration of it; null to send all of it along
     * @param voice {@code provider/id} or an id, as {@code model}
     * @param language BCP 47
     * @param maxDurationSeconds 10 to 43,200
     * @param variables for prompts and sentences, by name
     * @param tools that it may use
     */
    record Assistant(
            @Nullable String name,
            @Nullable String providerAssistantId,
            @Nullable String firstMessage,
            @Nullable String systemPrompt,
            @Nullable String voice,
            @Nullable String model,
            @Nullable String language,
            @Nullable String evalMethod,
            @Nullable Integer maxDurationSeconds,
            Map<String, String> variables,
            List<ToolDefinition> tools)
            implements AnswerContent {}

    /**
     * No assistant takes the call.
     *
     * @param variables for one that takes it nevertheless, since its provider cannot be told otherwise
     */
    record NoAssistant(Reason reason, String sentence, Map<String, String> variables) implements AnswerContent {
        public NoAssistant(Reason reason, String sentence) {
            this(reason, sentence, Map.of());
        }
    }

    /** In the order of the request. */
    record ToolResults(List<ToolResult> results) implements AnswerContent {}

    /** Hands the call to a telephone number. */
    record Transfer(String number, String sentence) implements AnswerContent {}

    /** Best first. */
    record Documents(List<Document> documents) implements AnswerContent {
        public static final Documents NONE = new Documents(List.of());
    }

    /** The request cannot be answered now. */
    record Failure(String sentence) implements AnswerContent {}

    /** Why no assistant takes a call. */
    enum Reason {
        /** The called number is none of the organization's, or has no assistant. */
        UNKNOWN_NUMBER,
        /** The assistant is switched off, or its owner's tokens are used up. */
        CLOSED,
        /** The caller is blocked. */
        DECLINED,
        /** The answer was not found in time. */
        AWAY
    }

    /**
     * Either a result or an error.
     *
     * @param result one line
     * @param error one line
     */
    record ToolResult(
            String toolCallId,
            String name,
            @Nullable String result,
            @Nullable String error) {}

    /** @param similarity 0 to 1 */
    record Document(String id, String content, double similarity) {}
}
