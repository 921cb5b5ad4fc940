package io.switchboard.crm.embedding;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.schedule.StepwiseTask;
import io.switchboard.search.Embedder;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;

/** Has articles embedded anew whose vectors are another model's, or whose work was given up. */
@Singleton
class StaleEmbeddings implements StepwiseTask {
    private final Embedder embedder;

    StaleEmbeddings(Embedder embedder) {
        this.embedder = embedder;
    }

    /** The name is from configuration, and has no quotes: {@link RemoteModel}. */
    @Override
    public String statement() {
        return "select queue_embeddings('" + embedder.model().name() + "')";
    }

    @Override
    public Uni<Integer> follow(RowSet<Row> rows) {
        return Uni.createFrom().item(rows.iterator().next().getInteger(0));
    }
}
