package io.switchboard.auth.organization;

import java.time.OffsetDateTime;
import java.util.UUID;

/** An organization among all the others, as operators see it. */
public record OrganizationSummary(
        UUID id, String name, String slug, String status, OffsetDateTime createdAt, OffsetDateTime updatedAt) {}
