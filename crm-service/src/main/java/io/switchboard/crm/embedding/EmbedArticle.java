package io.switchboard.crm.embedding;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.embedding.ArticleChunks.Chunk;
import io.switchboard.kit.work.Offloaded;
import io.switchboard.kit.work.WorkHandler;
import io.switchboard.kit.work.WorkPiece;
import io.switchboard.search.Embedder;
import io.switchboard.search.Embedder.Purpose;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Embeds an article after it was published, or when the model is another one. Each batch of vectors is stored by itself: who
 * continues the piece finds what is left.
 */
@Singleton
class EmbedArticle implements WorkHandler {
    private static final int BATCH = 8;

    private final ArticleChunks chunks;
    private final Embedder embedder;

    EmbedArticle(ArticleChunks chunks, Embedder embedder) {
        this.chunks = chunks;
        this.embedder = embedder;
    }

    /** SQL adds them: queue_embedding for an article, {@link StaleEmbeddings} for those of another model. */
    @Override
    public String kind() {
        return "embed_article";
    }

    @Override
    public Uni<@Nullable JsonObject> run(WorkPiece piece) {
        var articleId = UUID.fromString(piece.payload().getString("articleId"));
        return chunks.cut(piece, articleId)
                .chain(() -> embedAll(piece, articleId))
                .replaceWith((JsonObject) null);
    }

    private Uni<Void> embedAll(WorkPiece piece, UUID articleId) {
        return Uni.createFrom()
                .deferred(() -> embedBatch(piece, articleId))
                .repeat()
                .until(embedded -> embedded < BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Answers how many there were. */
    private Uni<Integer> embedBatch(WorkPiece piece, UUID articleId) {
        var model = embedder.model().name();
        return chunks.pending(piece, articleId, model, BATCH)
                .call(pending -> pending.isEmpty() ? Uni.createFrom().voidItem() : embed(piece, model, pending))
                .map(List::size);
    }

    private Uni<Void> embed(WorkPiece piece, String model, List<Chunk> pending) {
        var texts = pending.stream().map(Chunk::text).toList();
        return Offloaded.awaited(embedder.embed(texts, Purpose.PASSAGE).toCompletableFuture())
                .chain(vectors -> chunks.save(piece, model, pending, vectors));
    }
}
