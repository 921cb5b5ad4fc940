package io.switchboard.voice.tool;

import io.switchboard.kit.peer.PeerAway;
import io.switchboard.kit.text.CleanText;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a tool call is answered: a result or an error, one line; neither while it is at work. */
record ToolText(@Nullable String result, @Nullable String error) {
    private static final int LONGEST_DATA = 4_000;

    static ToolText error(String sentence) {
        return new ToolText(null, sentence);
    }

    /** A result has its data behind the sentence: the assistant needs the ids in it for other tools. */
    static ToolText ofCrm(JsonObject answer) {
        var result = answer.getString("result");
        if (result == null) {
            var error = answer.getString("error");
            if (error == null) {
                throw new PeerAway("crm-service", "answered neither a result nor an error");
            }
            return error(CleanText.oneLine(error));
        }
        var data = answer.getJsonObject("data");
        var written = data == null || data.isEmpty() ? "" : " " + data.encode();
        return new ToolText(CleanText.oneLine(written.length() > LONGEST_DATA ? result : result + written), null);
    }
}
