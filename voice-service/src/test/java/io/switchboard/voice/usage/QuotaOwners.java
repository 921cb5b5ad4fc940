package io.switchboard.voice.usage;

import io.switchboard.kit.test.Caller;
import java.util.Map;

/** Users with a quota, and what they report. */
final class QuotaOwners {
    private QuotaOwners() {}

    /** A user whose copy has arrived. @param quota tokens a month */
    static Caller create(Caller org, String role, long quota) {
        var owner = org.colleague(role);
        push(owner, role, quota, 1);
        return owner;
    }

    static void push(Caller owner, String role, long quota, int version) {
        Caller.service("auth-service", owner.orgId())
                .put(
                        "/internal/members/" + owner.id(),
                        Map.of(
                                "name",
                                "Ada",
                                "email",
                                "ada@example.com",
                                "role",
                                role,
                                "isActive",
                                true,
                                "subscriptionTier",
                                "free",
                                "maxAgents",
                                3,
                                "monthlyTokenQuota",
                                quota,
                                "version",
                                version))
                .then()
                .statusCode(204);
    }

    static Map<String, ?> run(int tokens) {
        return Map.of("tokens", tokens, "durationSeconds", 60, "cost", 0.25);
    }
}
