package io.switchboard.crm.embedding;

import io.switchboard.search.VectorHit;
import java.util.UUID;

/**
 * An article near to a query.
 *
 * @param chunkId its nearest chunk
 * @param score their cosine
 */
public record MeaningHit(UUID articleId, UUID chunkId, double score) {
    static MeaningHit of(VectorHit hit) {
        return new MeaningHit(hit.sourceId(), hit.textId(), hit.score());
    }
}
