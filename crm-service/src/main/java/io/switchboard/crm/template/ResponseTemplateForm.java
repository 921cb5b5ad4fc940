package io.switchboard.crm.template;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.text.NullOrNotBlank;
import io.switchboard.kit.text.SmallJson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a template is to be.
 *
 * @param teamId whose it is; null: everybody's
 * @param set what applying it changes of a ticket
 */
public record ResponseTemplateForm(
        @NotNull @NullOrNotBlank @Size(max = 200) @Schema(examples = "Restart")
        String title,

        @Nullable
        @NullOrNotBlank
        @Size(max = Placeholders.LONGEST)
        @Schema(
                description = "Needed unless set changes something; {{contact.name}} and the like are filled in",
                examples = "Hello {{contact.name}}, please restart the app.")
        String content,

        @Nullable UUID teamId,
        @Nullable @Size(max = 50) List<@NotNull @NullOrNotBlank @Size(max = 100) String> tags,

        @Nullable @Size(max = 100) @SmallJson(maxBytes = 8 * 1024)
        Map<String, Object> metadata,

        @Nullable @Valid TicketMacro set) {

    public ResponseTemplateForm {
        tags = tags == null ? List.of() : tags;
        metadata = metadata == null ? Map.of() : metadata;
        set = set == null || set.isEmpty() ? null : set;
    }

    /** The agent that a macro assigns to, if any. */
    @Nullable
    UUID agentId() {
        return set == null || set.assign() == null ? null : set.assign().agentId();
    }

    /** Fails with {@code invalid}. */
    void check() {
        if (content == null && set == null) {
            throw Problem.invalid("content", "is needed, unless set changes something");
        }
        if (set != null) {
            set.check();
        }
    }
}
