package io.switchboard.kit.test;

import io.switchboard.kit.http.Cursor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/** Answers a list of calls page by page, as voice-service does: newest first by {@code startedAt} and id. */
final class PagedAnswer {
    private PagedAnswer() {}

    /** @param whole all items, in order */
    static String of(String whole, Map<String, String> query) {
        var limit = Integer.parseInt(query.getOrDefault("limit", "50"));
        var cursor = query.get("cursor");
        var left = new JsonObject(whole)
                .getJsonArray("items").stream()
                        .map(JsonObject.class::cast)
                        .filter(item -> cursor == null || isAfter(item, Cursor.parse(cursor)))
                        .toList();
        var shown = left.subList(0, Math.min(limit, left.size()));
        var next = shown.size() < left.size() ? cursor(shown.get(limit - 1)).encoded() : null;
        return new JsonObject()
                .put("items", new JsonArray(shown))
                .put("nextCursor", next)
                .encode();
    }

    private static boolean isAfter(JsonObject item, Cursor cursor) {
        var order = time(item).toInstant().compareTo(cursor.time().toInstant());
        return order < 0
                || order == 0 && item.getString("id").compareTo(cursor.id().toString()) < 0;
    }

    private static Cursor cursor(JsonObject item) {
        return Cursor.at(time(item), UUID.fromString(item.getString("id")));
    }

    private static OffsetDateTime time(JsonObject item) {
        return OffsetDateTime.parse(item.getString("startedAt"));
    }
}
