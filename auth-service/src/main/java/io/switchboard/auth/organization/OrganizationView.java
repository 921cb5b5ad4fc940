package io.switchboard.auth.organization;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization as it is shown. */
public record OrganizationView(
        UUID id,
        String name,
        String slug,
        @Nullable String domain,
        String status,
        String timeZone,
        String defaultRegion,
        Map<String, Object> businessHours,
        boolean requireTotp,
        Map<String, Object> metadata,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonIgnore int version)
        implements Versioned {}
