package io.switchboard.crm.contact;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is to be remembered of a contact at this time. */
public record ContactNoteForm(
        @NotNull @NullOrNotBlank @Size(max = 20_000) @Schema(examples = "Wants a call back on Monday.")
        String content) {}
