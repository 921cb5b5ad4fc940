package io.switchboard.crm.contact;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A further number of a contact. */
public record ContactPhoneForm(
        @NotNull
        @Size(max = 255)
        @Schema(
                description = "Any way of writing a number, kept as E.164; or a sip: or tel: URI, kept as it is",
                examples = "+15555550143")
        String phone,

        @Nullable @NullOrNotBlank @Size(max = 50) @Schema(examples = "office")
        String label) {}
