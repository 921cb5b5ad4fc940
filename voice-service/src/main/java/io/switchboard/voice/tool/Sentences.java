package io.switchboard.voice.tool;

import io.switchboard.voice.agent.AgentTool;
import io.switchboard.voice.livecall.AnswerRequest.ToolCall;

/** What an assistant can say where a tool has no answer. */
final class Sentences {
    static final ToolText UNKNOWN_TOOL = ToolText.error("I don't have that tool.");
    static final ToolText NOT_ALLOWED = ToolText.error("I am not allowed to do that.");
    static final ToolText UNREADABLE = ToolText.error("I could not read what was asked for. Please say it again.");
    static final ToolText IMPOSSIBLE = ToolText.error("I can't do that. Please ask for it in another way.");
    static final String NO_LOOK_UP = "I can't look that up right now.";

    private static final ToolText AWAY = ToolText.error("I can't do that right now. Please try again in a moment.");
    private static final ToolText LOOK_UP_AWAY = ToolText.error(NO_LOOK_UP);

    private Sentences() {}

    /** Where the answer does not come in time, or not at all. It is not kept, so that the next try may succeed. */
    static ToolText away(ToolCall use) {
        return ToolMeaning.tool(use.name()) == AgentTool.SEARCH_KNOWLEDGE ? LOOK_UP_AWAY : AWAY;
    }
}
