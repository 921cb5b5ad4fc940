package io.switchboard.kit.outbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and is no row change: a sign-in, a refusal, an export, a key revealed.
 *
 * @param outcome success or failure
 * @param details what else is worth keeping; never a secret
 */
public record Fact(
        String action,
        String resourceType,
        @Nullable String resourceId,
        String outcome,
        Map<String, ?> details,
        @Nullable String ipAddress,
        @Nullable String userAgent) {

    public static Fact success(String action, String resourceType, @Nullable Object resourceId) {
        return new Fact(
                action,
                resourceType,
                resourceId == null ? null : resourceId.toString(),
                "success",
                Map.of(),
                null,
                null);
    }

    public static Fact failure(String action, String resourceType, @Nullable Object resourceId) {
        return new Fact(
                action,
                resourceType,
                resourceId == null ? null : resourceId.toString(),
                "failure",
                Map.of(),
                null,
                null);
    }

    public Fact with(Map<String, ?> more) {
        return new Fact(action, resourceType, resourceId, outcome, more, ipAddress, userAgent);
    }

    public Fact from(@Nullable String address, @Nullable String agent) {
        return new Fact(action, resourceType, resourceId, outcome, details, address, agent);
    }
}
