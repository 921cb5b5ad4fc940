package io.switchboard.crm.contact;

import io.switchboard.kit.text.NullOrNotBlank;
import io.switchboard.kit.text.SmallJson;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A contact to create, or a contact's new values. */
public record ContactForm(
        @Nullable @NullOrNotBlank @Size(max = 200) @Schema(examples = "Ada Lovelace")
        String name,

        @Nullable
        @Size(max = 255)
        @Schema(
                description = "Any way of writing a number, kept as E.164; or a sip: or tel: URI, kept as it is",
                examples = "+15555550142")
        String phone,

        @Nullable @Email @Size(max = 254) @Schema(examples = "ada@example.com")
        String email,

        @Nullable @Size(max = 50) List<@NotNull @Size(max = 100) String> serviceInterests,
        @Nullable LeadScore leadScore,
        @Nullable LeadStatus leadStatus,
        @Nullable OffsetDateTime lastContactAt,
        @Nullable @Size(max = 20_000) String notes,
        @Nullable Boolean isBlocked,

        @Nullable @Size(max = 100) @SmallJson(maxBytes = MOST_METADATA)
        Map<String, Object> metadata) {
    /** As the database counts them, too. */
    static final int MOST_METADATA = 8 * 1024;

    public ContactForm {
        serviceInterests = serviceInterests == null ? List.of() : serviceInterests;
        isBlocked = Boolean.TRUE.equals(isBlocked);
        metadata = metadata == null ? Map.of() : metadata;
    }
}
