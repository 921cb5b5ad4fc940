package io.switchboard.auth.user;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user on the wire. */
public record UserView(
        UUID id,
        UUID orgId,
        String email,
        String fullName,
        @Nullable String avatarUrl,
        Role role,
        Map<String, Object> metadata,
        String subscriptionTier,
        int maxAgents,
        long monthlyTokenQuota,
        boolean isActive,
        @Nullable OffsetDateTime lastLoginAt,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {}
