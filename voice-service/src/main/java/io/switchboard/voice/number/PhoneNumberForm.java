package io.switchboard.voice.number;

import io.switchboard.kit.phone.PhoneNumbers;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A phone number to add, or its new values. */
public record PhoneNumberForm(
        @NotNull
        @NullOrNotBlank
        @Size(max = 50)
        @Schema(
                examples = "+15555550100",
                description = "However it is written; without a country it is one of the organization's region")
        String number,

        @NotNull @NullOrNotBlank @Size(max = 50) @Schema(examples = "vapi", description = "Where calls to it arrive")
        String provider,

        @Nullable @Schema(description = "The voice agent that answers it")
        UUID agentId,

        @Nullable @Schema(description = "The PIN client whose calls these are")
        UUID clientId,

        @Nullable @NullOrNotBlank @Size(max = 120) @Schema(examples = "Front desk")
        String label) {

    /** With its number as E.164. Fails with {@code invalid} for a text that is no telephone number. */
    PhoneNumberForm normalized(String region) {
        var e164 = PhoneNumbers.e164(number, region);
        if (e164 == null) {
            throw Problem.invalid("number", "must be a telephone number");
        }
        return new PhoneNumberForm(e164, provider, agentId, clientId, label);
    }
}
