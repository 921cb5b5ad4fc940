package io.switchboard.crm.contact;

import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a call tells about the other party. A field that is missing stays as it is.
 *
 * @param name fills only a missing name, and only with a real one: WIRELESS CALLER is not. Staff's entries stay
 * @param lastContactAt only ever moves forward, since calls report late and twice
 */
public record ContactFromCallForm(
        @Nullable @Size(max = 200) String name,
        @Nullable OffsetDateTime lastContactAt,
        @Nullable LeadScore leadScore) {}
