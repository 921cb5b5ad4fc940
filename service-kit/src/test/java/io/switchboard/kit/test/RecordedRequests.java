package io.switchboard.kit.test;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The latest requests that the fake peers answered, of 8 million characters together. Tests look for their own, and the audit events
 * of a large file would fill the heap.
 */
final class RecordedRequests {
    private static final int MOST = 8_000_000;
    private static final int HEADERS = 500;

    private final Deque<JsonObject> latest = new ArrayDeque<>();
    private int held;

    synchronized void add(JsonObject request) {
        latest.add(request);
        held += size(request);
        while (held > MOST) {
            held -= size(latest.remove());
        }
    }

    synchronized List<JsonObject> to(String path, String containing) {
        return latest.stream()
                .filter(request -> request.getString("path").startsWith(path))
                .filter(request -> request.getString("body", "").contains(containing))
                .toList();
    }

    private static int size(JsonObject request) {
        return HEADERS + request.getString("body", "").length();
    }
}
