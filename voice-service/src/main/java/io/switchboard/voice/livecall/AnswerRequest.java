package io.switchboard.voice.livecall;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a delivery asks for while a call goes on and the provider waits for the answer. */
public sealed interface AnswerRequest {
    LiveCall call();

    /** How long the answer may take, from the last byte of the request. */
    default Duration budget() {
        return Duration.ofSeconds(1);
    }

    /**
     * Who answers the call. Answered with {@link AnswerContent.Assistant} or {@link AnswerContent.NoAssistant}.
     *
     * @param url of the endpoint, without a query
     */
    record Assistant(LiveCall call, String url) implements AnswerRequest {}

    /**
     * Tools to run. Answered with {@link AnswerContent.ToolResults}, one result a tool call.
     *
     * @param isNamedByUrl whether it is one tool, named in the URL, whose answer has no provider's form
     */
    record Tools(LiveCall call, List<ToolCall> toolCalls, boolean isNamedByUrl) implements AnswerRequest {
        public Tools(LiveCall call, List<ToolCall> toolCalls) {
            this(call, toolCalls, false);
        }

        @Override
        public Duration budget() {
            return LONG;
        }
    }

    /**
     * To whom the call goes next. Answered with {@link AnswerContent.Transfer} or {@link AnswerContent.Failure}.
     *
     * @param number E.164, as the endpoint's options say; null without one
     */
    record Transfer(LiveCall call, @Nullable String number) implements AnswerRequest {}

    /** What is known about a question. Answered with {@link AnswerContent.Documents}. */
    record Knowledge(LiveCall call, @Nullable String query) implements AnswerRequest {
        @Override
        public Duration budget() {
            return LONG;
        }
    }

    /**
     * One use of a tool.
     *
     * @param id the same on every delivery of the same use; null where the provider gives none
     * @param arguments an object; anything else is what the language model gave instead
     */
    record ToolCall(@Nullable String id, String name, JsonNode arguments) {}

    Duration LONG = Duration.ofMillis(2_500);
}
