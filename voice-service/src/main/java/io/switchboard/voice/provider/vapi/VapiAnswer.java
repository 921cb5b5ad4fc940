package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.AnswerContent.ToolResult;
import io.switchboard.voice.livecall.AnswerRequest;
import io.switchboard.voice.provider.Reply;
import org.jspecify.annotations.Nullable;

/** Answers what Vapi asks. It speaks the text of an {@code error}, and reads no answer but a 200. */
final class VapiAnswer {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private VapiAnswer() {}

    static Reply of(AnswerRequest request, AnswerContent content) {
        return Reply.json(body(request, content));
    }

    private static ObjectNode body(AnswerRequest request, AnswerContent content) {
        if (content instanceof AnswerContent.Assistant assistant) {
            return VapiAssistant.answer(assistant);
        }
        if (content instanceof AnswerContent.ToolResults results) {
            ArrayNode list = JSON.arrayNode();
            results.results().forEach(result -> list.add(result(result)));
            return JSON.objectNode().set("results", list);
        }
        if (content instanceof AnswerContent.Transfer transfer) {
            return transfer(transfer);
        }
        if (content instanceof AnswerContent.Documents documents) {
            return documents(documents);
        }
        if (request instanceof AnswerRequest.Knowledge) {
            ObjectNode answer = documents(AnswerContent.Documents.NONE);
            answer.putObject("message").put("type", "custom-message").put("content", sentence(content));
            return answer;
        }
        return JSON.objectNode().put("error", sentence(content));
    }

    private static @Nullable String sentence(AnswerContent content) {
        return content instanceof AnswerContent.NoAssistant none
                ? none.sentence()
                : content instanceof AnswerContent.Failure failure ? failure.sentence() : null;
    }

    private static ObjectNode result(ToolResult result) {
        ObjectNode node =
                JSON.objectNode().put("toolCallId", result.toolCallId()).put("name", result.name());
        return result.error() == null ? node.put("result", result.result()) : node.put("error", result.error());
    }

    private static ObjectNode transfer(AnswerContent.Transfer transfer) {
        ObjectNode answer = JSON.objectNode();
        answer.putObject("destination").put("type", "number").put("number", transfer.number());
        answer.putObject("message").put("type", "request-start").put("content", transfer.sentence());
        return answer;
    }

    private static ObjectNode documents(AnswerContent.Documents documents) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode list = answer.putArray("documents");
        documents.documents().forEach(document -> list.addObject()
                .put("content", document.content())
                .put("similarity", document.similarity())
                .put("uuid", document.id()));
        return answer;
    }
}
