package io.switchboard.crm.team;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who joins a team.
 *
 * @param userId an active admin or agent
 * @param role what the organization calls it; nothing depends on it
 */
public record TeamMemberForm(
        @NotNull UUID userId,

        @Nullable @NullOrNotBlank @Size(max = LONGEST_ROLE) @Schema(examples = "lead")
        String role) {

    static final int LONGEST_ROLE = 50;
    static final String USUAL_ROLE = "member";

    public TeamMemberForm {
        role = role == null ? USUAL_ROLE : role.strip();
    }
}
