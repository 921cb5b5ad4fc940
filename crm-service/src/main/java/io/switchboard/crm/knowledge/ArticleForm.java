package io.switchboard.crm.knowledge;

import io.switchboard.kit.text.NullOrNotBlank;
import io.switchboard.kit.text.SmallJson;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An article to add, or the new values of its working copy. */
public record ArticleForm(
        @NotNull @NullOrNotBlank @Size(max = 200) @Schema(examples = "Returning an order")
        String title,

        @NotNull
        @NullOrNotBlank
        @Size(max = 100_000)
        @Schema(examples = "Send it back within 30 days. Postage is free.")
        String content,

        @Nullable UUID categoryId,

        @Nullable @Size(max = 50) List<@NotNull @NullOrNotBlank @Size(max = 50) String> tags,

        @Nullable @Size(max = 100) @SmallJson(maxBytes = MOST_METADATA)
        Map<String, Object> metadata,

        @Nullable @Schema(description = "english, if it is not given")
        ArticleLanguage language) {
    /** As the database counts them, too. */
    static final int MOST_METADATA = 8 * 1024;

    public ArticleForm {
        title = title == null ? null : title.strip();
        tags = tags == null ? List.of() : tags;
        metadata = metadata == null ? Map.of() : metadata;
        language = language == null ? ArticleLanguage.ENGLISH : language;
    }
}
