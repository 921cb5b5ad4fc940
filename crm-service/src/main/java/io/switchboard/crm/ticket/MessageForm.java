package io.switchboard.crm.ticket;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A message to send. */
public record MessageForm(
        @NotNull @NullOrNotBlank @Size(max = 20_000) @Schema(examples = "Please try again now.")
        String content,

        @Nullable @Schema(description = "true: a note that customers do not see; not for customers to set")
        Boolean internal) {

    public MessageForm {
        internal = Boolean.TRUE.equals(internal);
    }
}
