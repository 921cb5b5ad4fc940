package io.switchboard.crm.embedding;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.text.CleanText;
import io.switchboard.kit.work.Offloaded;
import io.switchboard.search.Chunker;
import io.switchboard.search.Embedder;
import io.switchboard.search.Embedder.Purpose;
import io.switchboard.search.EmbeddingModel;
import io.switchboard.search.VectorSet;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Finds articles by meaning. A search by words goes beside it: this one finds nothing while the embedder is away. */
@ApplicationScoped
public class MeaningSearch {
    private static final Logger LOG = Logger.getLogger(MeaningSearch.class);
    private static final String PASSAGES = "select id, text from kb_chunks where org_id = $1 and id = any ($2)";

    private final TenantSql sql;
    private final ArticleVectors vectors;
    private final Embedder embedder;
    private final Duration patience;

    MeaningSearch(
            TenantSql sql,
            ArticleVectors vectors,
            Embedder embedder,
            @ConfigProperty(name = "switchboard.embedding.patience", defaultValue = "1s") Duration patience) {
        this.sql = sql;
        this.vectors = vectors;
        this.embedder = embedder;
        this.patience = patience;
    }

    /**
     * Articles by their nearest chunk, nearest first, each once; only those near enough. Chunks may be a moment older than what
     * readers see now. None if the embedder is away or slow, so that the search by words is not held up. Not in a transaction.
     *
     * @param query not blank
     */
    public Uni<List<MeaningHit>> nearest(CallerContext caller, String query, int limit) {
        var model = embedder.model();
        var hits = vectors.find(caller, model)
                .chain(set -> Offloaded.awaited(near(set, model, query, limit).toCompletableFuture()))
                .subscribeAsCompletionStage()
                .completeOnTimeout(List.of(), patience.toMillis(), TimeUnit.MILLISECONDS);
        return Offloaded.awaited(hits);
    }

    /** What chunks say, without their articles' titles, by the chunks' ids. */
    public Uni<Map<UUID, String>> passages(CallerContext caller, List<UUID> chunkIds) {
        var ids = chunkIds.toArray(UUID[]::new);
        return chunkIds.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : sql.list(
                                caller,
                                PASSAGES,
                                Tuple.tuple().addUUID(caller.orgId()).addArrayOfUUID(ids),
                                Passage::of)
                        .map(passages -> passages.stream().collect(Collectors.toMap(Passage::id, Passage::text)));
    }

    private record Passage(UUID id, String text) {
        static Passage of(Row row) {
            return new Passage(row.getUUID("id"), Chunker.body(row.getString("text")));
        }
    }

    /** The model is not loaded for an organization that has no vectors. Thousands are compared: not on the event loop. */
    private CompletionStage<List<MeaningHit>> near(VectorSet set, EmbeddingModel model, String query, int limit) {
        if (set.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        return embedder.embed(List.of(query), Purpose.QUERY)
                .thenApplyAsync(
                        vector -> set.nearest(vector.get(0), model.threshold(), limit).stream()
                                .map(MeaningHit::of)
                                .toList(),
                        Infrastructure.getDefaultWorkerPool())
                .exceptionally(MeaningSearch::none);
    }

    private static List<MeaningHit> none(Throwable failure) {
        LOG.debugf("A search goes by words alone: %s", CleanText.line(failure.getMessage()));
        return List.of();
    }
}
