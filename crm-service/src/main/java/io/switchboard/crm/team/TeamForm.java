package io.switchboard.crm.team;

import io.switchboard.kit.text.NullOrNotBlank;
import io.switchboard.kit.text.SmallJson;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a team is to be.
 *
 * @param isDefault whether it takes the new tickets of customers and calls; the team that took them before takes them no more
 */
public record TeamForm(
        @NotNull @NullOrNotBlank @Size(max = 120) @Schema(examples = "Support")
        String name,

        @Nullable @NullOrNotBlank @Size(max = 2_000) @Schema(examples = "Looks after what customers ask")
        String description,

        @Nullable @Size(max = 100) @SmallJson(maxBytes = MOST_METADATA)
        Map<String, Object> metadata,

        @Nullable Boolean isDefault) {
    /** As the database counts them, too. */
    static final int MOST_METADATA = 8 * 1024;

    public TeamForm {
        name = name == null ? null : name.strip(); // names are unique
        metadata = metadata == null ? Map.of() : metadata;
        isDefault = Boolean.TRUE.equals(isDefault);
    }
}
