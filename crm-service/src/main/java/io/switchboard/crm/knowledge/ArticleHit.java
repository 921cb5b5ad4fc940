package io.switchboard.crm.knowledge;

import io.switchboard.search.Excerpts;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A published article that a search has found.
 *
 * @param headline the passage that fits, with marks of {@link Excerpts} around the words of the question
 */
public record ArticleHit(
        UUID id,
        String title,
        String headline,
        double score,
        @Nullable UUID categoryId) {

    /** The headline as plain text in one line. */
    public String passage() {
        return Excerpts.clean(headline).replaceAll("\\s+", " ").strip();
    }

    ArticleMatch view() {
        return new ArticleMatch(id, title, Excerpts.ofHeadline(headline), score, categoryId);
    }
}
