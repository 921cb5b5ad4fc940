package io.switchboard.voice.contact;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The numbers of the contact that is erased. */
public record EraseForm(
        @NotNull
        @Size(max = 1_000)
        @Schema(description = "E.164; what is no such number is passed over", examples = "[\"+15555550142\"]")
        List<@NotNull @Size(max = 255) String> phones) {}
