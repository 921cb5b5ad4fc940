package io.switchboard.crm.knowledge;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A published article that a search has found, as it is shown. */
public record ArticleMatch(
        UUID id,

        @Schema(examples = "Returning an order") String title,

        @Schema(
                description = "HTML: the passage that fits, escaped, with the words of the question in mark elements",
                examples = "<mark>Send</mark> it back within 30 days. Postage is free.")
        String excerpt,

        @Schema(description = "Comparable within one answer only", examples = "0.0328")
        double score,

        @Nullable UUID categoryId) {}
