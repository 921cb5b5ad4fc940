package io.switchboard.crm.ticket;

import io.switchboard.kit.text.NullOrNotBlank;
import io.switchboard.kit.text.SmallJson;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A ticket's new values. Whom it is assigned to, only an assignment changes. */
public record TicketChangeForm(
        @NotNull @NullOrNotBlank @Size(max = TicketForm.LONGEST_TITLE) @Schema(examples = "The app does not start")
        String title,

        @Nullable @Size(max = TicketForm.LONGEST_TEXT) String description,
        @NotNull TicketStatus status,
        @NotNull TicketPriority priority,

        @Nullable @Size(max = TicketForm.MOST_TAGS)
        List<@NotNull @NullOrNotBlank @Size(max = TicketForm.LONGEST_TAG) String> tags,

        @Nullable UUID contactId,

        @Nullable @Schema(description = "A user, who sees the ticket and its messages from then on")
        UUID customerId,

        @Nullable @Size(max = 100) @SmallJson(maxBytes = TicketForm.MOST_METADATA)
        Map<String, Object> metadata) {

    public TicketChangeForm {
        tags = tags == null ? List.of() : tags;
        metadata = metadata == null ? Map.of() : metadata;
    }
}
