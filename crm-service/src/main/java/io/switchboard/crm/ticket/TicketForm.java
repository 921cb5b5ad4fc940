package io.switchboard.crm.ticket;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.text.NullOrNotBlank;
import io.switchboard.kit.text.SmallJson;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A ticket to open. A customer's is its own, and of no contact.
 *
 * @param priority medium where it is left out
 */
public record TicketForm(
        @NotNull @NullOrNotBlank @Size(max = LONGEST_TITLE) @Schema(examples = "The app does not start")
        String title,

        @Nullable @Size(max = LONGEST_TEXT) String description,
        @Nullable TicketPriority priority,

        @Nullable @Size(max = MOST_TAGS) List<@NotNull @NullOrNotBlank @Size(max = LONGEST_TAG) String> tags,

        @Nullable @Schema(description = "Not for customers to set")
        UUID contactId,

        @Nullable @Schema(description = "A user; not for customers to set, whose own tickets they are")
        UUID customerId,

        @Nullable
        @Size(max = 100)
        @SmallJson(maxBytes = MOST_METADATA)
        @Schema(description = "Fields of the organization's own; not for customers to set")
        Map<String, Object> metadata) {

    static final int LONGEST_TITLE = 200;
    static final int LONGEST_TEXT = 20_000;
    static final int LONGEST_TAG = 100;

    /** As the database counts them, too. */
    static final int MOST_TAGS = 50;

    static final int MOST_METADATA = 8 * 1024;

    public TicketForm {
        priority = priority == null ? TicketPriority.MEDIUM : priority;
        tags = tags == null ? List.of() : tags;
    }

    /** Fails with {@code invalid} for what customers may not set. */
    void checkForCustomer() {
        var errors = new ArrayList<Problem.FieldError>();
        refuse(errors, "contactId", contactId);
        refuse(errors, "customerId", customerId);
        refuse(errors, "metadata", metadata);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private static void refuse(List<Problem.FieldError> errors, String field, @Nullable Object value) {
        if (value != null) {
            errors.add(new Problem.FieldError(field, "is not for customers to set"));
        }
    }
}
