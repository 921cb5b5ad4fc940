package io.switchboard.crm.knowledge;

import io.switchboard.kit.text.NullOrNotBlank;
import io.switchboard.kit.text.SmallJson;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A category to add, or a category's new values. */
public record CategoryForm(
        @NotNull @NullOrNotBlank @Size(max = 120) @Schema(examples = "Orders")
        String name,

        @Nullable @NullOrNotBlank @Size(max = 2_000) @Schema(examples = "All about ordering and returning")
        String description,

        @Nullable @Schema(description = "The category that this one is in; null for none")
        UUID parentId,

        @Nullable @Size(max = 100) @SmallJson(maxBytes = MOST_METADATA)
        Map<String, Object> metadata) {
    /** As the database counts them, too. */
    static final int MOST_METADATA = 8 * 1024;

    public CategoryForm {
        name = name == null ? null : name.strip();
        metadata = metadata == null ? Map.of() : metadata;
    }
}
