package io.switchboard.crm.contact;

import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a call told of the other party; what is not sent stays as it is.
 *
 * @param name taken only where the contact has none, and where it is one: WIRELESS CALLER is not. What staff wrote stays
 * @param lastContactAt only ever moves forward, since calls report late and twice
 */
public record ContactFromCallForm(
        @Nullable @Size(max = 200) String name,
        @Nullable OffsetDateTime lastContactAt,
        @Nullable LeadScore leadScore) {}
