package io.switchboard.crm.tool;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an assistant is told of the other party before it speaks. */
public record ContactContextView(
        @Nullable @Schema(description = "Null for a number that is not known")
        UUID contactId,

        @Nullable @Schema(examples = "Ada Lovelace") String name,

        @Schema(description = "Whether calls of theirs are declined")
        boolean isBlocked,

        @Nullable
        @Schema(
                description = "In words, in the organization's time zone",
                examples = "Cleaning on Tuesday, December 1, 2026 at 3:30 PM, 30 minutes, with Ada Lovelace")
        String nextAppointment,

        @Nullable @Schema(examples = "2", description = "How many are not settled, at most 10")
        Integer openTickets) {

    static final ContactContextView UNKNOWN = new ContactContextView(null, null, false, null, null);
}
