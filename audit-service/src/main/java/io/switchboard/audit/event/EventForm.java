package io.switchboard.audit.event;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event on the wire, for the API's description; batches are read field by field, see {@link EventField}. */
@Schema(
        name = "AuditEvent",
        requiredProperties = {"id", "orgId", "occurredAt", "actorType", "action", "resourceType", "service", "outcome"})
record EventForm(
        @Schema(description = "Made by the sender with the change, a UUIDv7")
        UUID id,

        UUID orgId,
        OffsetDateTime occurredAt,
        @Nullable String actorId,

        @Schema(enumeration = {"user", "client", "service", "system"})
        String actorType,

        @Schema(examples = "update") String action,
        @Schema(examples = "contacts") String resourceType,
        @Nullable String resourceId,

        @Schema(description = "The sender, as its token names it", examples = "crm-service")
        String service,

        @Nullable Map<String, Object> oldData,
        @Nullable Map<String, Object> newData,
        @Nullable String ipAddress,
        @Nullable String userAgent,
        @Nullable String requestId,
        @Schema(enumeration = {"success", "failure"}) String outcome) {}
