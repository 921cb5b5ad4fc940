package io.switchboard.crm.contact;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be said of a contact. */
public record ContactForm(
        @Nullable @Size(max = 200) String name,
        @Nullable @Size(max = 100) String phone,
        @Nullable @Email @Size(max = 254) String email,
        @Nullable @Size(max = 50) List<@Size(max = 100) String> serviceInterests,
        @Nullable LeadScore leadScore,
        @Nullable LeadStatus leadStatus,
        @Nullable OffsetDateTime lastContactAt,
        @Nullable @Size(max = 20_000) String notes) {

    public ContactForm {
        serviceInterests = serviceInterests == null ? List.of() : List.copyOf(serviceInterests);
    }
}
