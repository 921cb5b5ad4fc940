package io.switchboard.voice.settling;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How far the settling of a call is.
 *
 * @param answers how often the provider has answered
 * @param failures how often in a row it has not
 */
record SettlingProgress(int answers, int failures) {
    static SettlingProgress of(@Nullable JsonObject saved) {
        return saved == null
                ? new SettlingProgress(0, 0)
                : new SettlingProgress(saved.getInteger("answers"), saved.getInteger("failures"));
    }

    SettlingProgress answered() {
        return new SettlingProgress(answers + 1, 0);
    }

    SettlingProgress failed() {
        return new SettlingProgress(answers, failures + 1);
    }

    JsonObject json() {
        return JsonObject.of("answers", answers, "failures", failures);
    }
}
