package io.switchboard.voice.tool;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a tool call is answered: a result or an error, one line; neither while it is at work. */
record ToolText(@Nullable String result, @Nullable String error) {
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final int LONGEST_DATA = 4_000;

    static ToolText error(String sentence) {
        return new ToolText(null, sentence);
    }

    /** A result has its data behind the sentence: the assistant needs the ids in it for other tools. */
    static ToolText ofCrm(JsonObject answer) {
        var result = answer.getString("result");
        if (result == null) {
            return error(line(Objects.requireNonNull(answer.getString("error"), "neither a result nor an error")));
        }
        var data = answer.getJsonObject("data");
        var written = data == null || data.isEmpty() ? "" : " " + data.encode();
        return new ToolText(line(written.length() > LONGEST_DATA ? result : result + written), null);
    }

    private static String line(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }
}
