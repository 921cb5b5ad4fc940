package io.switchboard.auth.throttle;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A counter of attempts and when it closes, as {@code reserve_attempt} takes it.
 *
 * @param json scope, key, most, window and so on; described at that function
 */
public record Limit(JsonObject json) {

    /** Closes for a wait; each wait is twice the one before, up to the longest. */
    static Limit waiting(String scope, String key, int most, Duration window, Duration wait, Duration longest) {
        var limit = sliding(scope, key, most, window);
        limit.json().put("wait", wait.toSeconds()).put("longest", longest.toSeconds());
        return limit;
    }

    /** Closes until the window has room again. */
    static Limit sliding(String scope, String key, int most, Duration window) {
        return new Limit(new JsonObject()
                .put("scope", scope)
                .put("key", key)
                .put("most", most)
                .put("window", window.toSeconds()));
    }

    /** Closes after so many failures in a row, until an admin unlocks it. */
    Limit stoppingAt(int inARow) {
        return with("stop", inARow);
    }

    /** A success clears it. */
    Limit cleared() {
        return with("cleared", true);
    }

    /** Counts attempts, but refuses none. */
    public Limit lenient() {
        return with("lenient", true);
    }

    Limit with(String name, Object value) {
        return new Limit(json.copy().put(name, value));
    }
}
