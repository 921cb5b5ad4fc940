package io.switchboard.search;

import java.util.UUID;

/**
 * A source whose text is near a query.
 *
 * @param sourceId what the text is a part of
 * @param textId its nearest text
 * @param score their cosine
 */
public record VectorHit(UUID sourceId, UUID textId, double score) {}
