package io.switchboard.kit.outbox;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that is not a row change: a sign-in, a refusal, an export, a key that was revealed.
 *
 * @param outcome success or failure
 * @param details what else is worth keeping; never a secret
 */
public record AuditEvent(
        String action, String resourceType, @Nullable String resourceId, String outcome, Map<String, ?> details) {

    public static AuditEvent success(String action, String resourceType, @Nullable Object resourceId) {
        return new AuditEvent(action, resourceType, text(resourceId), "success", Map.of());
    }

    public static AuditEvent failure(String action, String resourceType, @Nullable Object resourceId) {
        return new AuditEvent(action, resourceType, text(resourceId), "failure", Map.of());
    }

    public AuditEvent with(Map<String, ?> more) {
        return new AuditEvent(action, resourceType, resourceId, outcome, more);
    }

    /** The part of the event that the SQL function {@code audit_event} completes. */
    public JsonObject json() {
        return new JsonObject()
                .put("action", action)
                .put("resourceType", resourceType)
                .put("resourceId", resourceId)
                .put("newData", details.isEmpty() ? null : JsonObject.mapFrom(details))
                .put("outcome", outcome);
    }

    private static @Nullable String text(@Nullable Object id) {
        return id == null ? null : id.toString();
    }
}
