package io.switchboard.crm.team;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A member's new values.
 *
 * @param isAvailable whether round-robin may choose the person
 * @param maxOpenTickets with so many new, open and pending tickets, of any team, round-robin chooses others; null is no limit
 */
public record TeamMemberChangeForm(
        @Nullable @NullOrNotBlank @Size(max = TeamMemberForm.LONGEST_ROLE) @Schema(examples = "lead")
        String role,

        @Nullable Boolean isAvailable,
        @Nullable @Min(1) @Max(1_000) Integer maxOpenTickets) {

    public TeamMemberChangeForm {
        role = role == null ? TeamMemberForm.USUAL_ROLE : role.strip();
        isAvailable = !Boolean.FALSE.equals(isAvailable);
    }
}
