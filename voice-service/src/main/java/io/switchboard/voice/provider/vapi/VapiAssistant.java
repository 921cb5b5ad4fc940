package io.switchboard.voice.provider.vapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.kit.text.CleanText;
import io.switchboard.voice.livecall.AnswerContent;
import io.switchboard.voice.livecall.ToolDefinition;
import java.util.List;
import java.util.Set;

/** Describes an assistant to Vapi: how its own configuration of one differs, or all of one that it does not keep. */
final class VapiAssistant {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_NAME = 40;
    private static final String USUAL_MODEL = "openai/gpt-4o";

    /** What Vapi tells of calls; its dashboard's settings do not hold for an assistant that it does not keep. */
    private static final List<String> SERVER_MESSAGES = List.of(
            "status-update",
            "conversation-update",
            "transcript[transcriptType=\"final\"]",
            "tool-calls",
            "transfer-destination-request",
            "transfer-update",
            "end-of-call-report");

    /** How Vapi can judge a call. */
    static final Set<String> RUBRICS = Set.of(
            "NumericScale",
            "DescriptiveScale",
            "Checklist",
            "Matrix",
            "PercentageScale",
            "LikertScale",
            "AutomaticRubric",
            "PassFail");

    private VapiAssistant() {}

    static ObjectNode answer(AnswerContent.Assistant assistant) {
        ObjectNode answer = JSON.objectNode();
        String kept = assistant.providerAssistantId();
        ObjectNode overrides = JSON.objectNode();
        if (kept == null) {
            answer.set("assistant", whole(assistant));
        } else {
            answer.put("assistantId", kept);
            overrides = differences(assistant);
        }
        assistant.variables().forEach(overrides.putObject("variableValues")::put);
        return answer.set("assistantOverrides", overrides);
    }

    /** A model would replace the prompt of Vapi's configuration, so it comes only with one. */
    private static ObjectNode differences(AnswerContent.Assistant assistant) {
        ObjectNode node = common(assistant);
        if (assistant.systemPrompt() != null) {
            node.set("model", model(assistant));
        }
        return node;
    }

    private static ObjectNode whole(AnswerContent.Assistant assistant) {
        ObjectNode node = common(assistant);
        node.set("model", model(assistant));
        node.putObject("artifactPlan").put("recordingEnabled", true);
        ArrayNode messages = node.putArray("serverMessages");
        SERVER_MESSAGES.forEach(messages::add);
        return node;
    }

    private static ObjectNode common(AnswerContent.Assistant assistant) {
        ObjectNode node = JSON.objectNode();
        if (assistant.name() != null) {
            node.put("name", CleanText.cut(assistant.name(), LONGEST_NAME));
        }
        if (assistant.firstMessage() != null) {
            node.put("firstMessage", assistant.firstMessage());
        }
        if (assistant.voice() != null) {
            VapiPart voice = VapiPart.voice(assistant.voice());
            node.putObject("voice").put("provider", voice.provider()).put("voiceId", voice.id());
        }
        if (assistant.maxDurationSeconds() != null) {
            node.put("maxDurationSeconds", assistant.maxDurationSeconds());
        }
        String rubric = assistant.evalMethod();
        if (rubric != null && RUBRICS.contains(rubric)) {
            node.putObject("analysisPlan").putObject("successEvaluationPlan").put("rubric", rubric);
        }
        return node;
    }

    private static ObjectNode model(AnswerContent.Assistant assistant) {
        VapiPart part = VapiPart.model(assistant.model() == null ? USUAL_MODEL : assistant.model());
        ObjectNode model = JSON.objectNode().put("provider", part.provider()).put("model", part.id());
        String prompt = assistant.systemPrompt();
        if (prompt != null) {
            model.putArray("messages").addObject().put("role", "system").put("content", prompt);
        }
        ArrayNode tools = model.putArray("tools");
        assistant.tools().forEach(tool -> tools.add(tool(tool)));
        return model;
    }

    private static ObjectNode tool(ToolDefinition tool) {
        ObjectNode node = JSON.objectNode().put("type", "function");
        node.putObject("function")
                .put("name", tool.name())
                .put("description", tool.description())
                .set("parameters", tool.parameters());
        return node;
    }
}
