package io.switchboard.voice.webhook;

import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;

/** The events of one delivery on their way into the database, and who waits for them to be there. */
final class Arrival {
    /** Rows cost something too, however small their bodies are. */
    private static final int ROW = 256;

    final UUID endpoint;
    final List<Notice> notices;
    final int bytes;
    final Promise<Void> stored = Promise.promise();

    Arrival(UUID endpoint, List<Notice> notices) {
        this.endpoint = endpoint;
        this.notices = notices;
        int sum = 0;
        for (var notice : notices) {
            sum += notice.body().length + ROW;
        }
        this.bytes = sum;
    }

    int rows() {
        return notices.size();
    }

    /** Whether nobody waits any more. */
    boolean isAnswered() {
        return stored.future().isComplete();
    }
}
