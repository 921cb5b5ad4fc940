package io.switchboard.crm.contacterasure;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An erasure as it is shown. */
public record ContactErasureView(
        UUID id,
        UUID contactId,
        ErasureStatus status,

        @Schema(description = "The services that are still to erase the person", examples = "[\"voice-service\"]")
        List<String> remaining,

        OffsetDateTime createdAt,
        @Nullable OffsetDateTime completedAt) {
    static final String COLUMNS = "id, contact_id, remaining, created_at, completed_at";

    static ContactErasureView of(Row row) {
        var completedAt = row.getOffsetDateTime("completed_at");
        return new ContactErasureView(
                row.getUUID("id"),
                row.getUUID("contact_id"),
                completedAt == null ? ErasureStatus.RUNNING : ErasureStatus.COMPLETED,
                List.of(row.getArrayOfStrings("remaining")),
                row.getOffsetDateTime("created_at"),
                completedAt);
    }
}
