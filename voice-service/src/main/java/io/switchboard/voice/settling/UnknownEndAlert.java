package io.switchboard.voice.settling;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tells an organization's admins that the end of a call is not known. */
final class UnknownEndAlert {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private UnknownEndAlert() {}

    /** As the outbox owes it to crm-service. @param isLast of many within the hour */
    static JsonObject of(StuckCall call, String reason, boolean isLast) {
        var message = "A call of " + MINUTE.format(call.startedAt())
                + " is open for longer than it may be, and its end is not known: " + reason + "."
                + (isLast
                        ? " Further calls within this hour are not told of: list those with the status unknown."
                        : "");
        var body = new JsonObject()
                .put("audience", JsonObject.of("roles", JsonArray.of("admin")))
                .put("type", "system_alert")
                .put("title", "The end of a call is not known")
                .put("message", message)
                .put("relatedType", "call")
                .put("relatedId", call.id().toString());
        return new JsonObject()
                .put("method", "POST")
                .put("path", "/internal/notifications")
                .put("idempotencyKey", call.id() + ":settled-unknown")
                .put("body", body);
    }
}
