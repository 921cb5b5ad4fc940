package io.switchboard.crm.contact;

import io.switchboard.kit.text.SmallJson;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Details of the contact with a number. A field that is missing stays as it is. */
public record ContactDetailsForm(
        @Nullable @Size(max = 200) String name,
        @Nullable @Email @Size(max = 254) String email,
        @Nullable @Size(max = 50) List<@NotNull @Size(max = 100) String> serviceInterests,
        @Nullable LeadScore leadScore,
        @Nullable LeadStatus leadStatus,
        @Nullable OffsetDateTime lastContactAt,
        @Nullable @Size(max = 20_000) String notes,
        @Nullable Boolean isBlocked,

        @Nullable @Size(max = 100) @SmallJson(maxBytes = ContactForm.MOST_METADATA)
        Map<String, Object> metadata) {}
