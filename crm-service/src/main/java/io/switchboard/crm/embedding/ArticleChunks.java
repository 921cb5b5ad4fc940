package io.switchboard.crm.embedding;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.work.WorkPiece;
import io.switchboard.search.Chunker;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The chunks of articles, as work in the background changes them. */
@ApplicationScoped
class ArticleChunks {
    private static final String LOCK = "select lock_chunks($1)";
    private static final String REPLACE = "select replace_chunks($1, $2, $3)";
    static final String PENDING = "select id, text from kb_chunks"
            + " where org_id = $1 and article_id = $2 and model <> $3 order by nth limit $4";
    private static final String SAVE = "select save_vectors($1, $2, $3, $4)";

    private final TenantSql sql;
    private final PublishedTexts articles;

    ArticleChunks(TenantSql sql, PublishedTexts articles) {
        this.sql = sql.forWorkers();
        this.articles = articles;
    }

    /** Text that a model has not embedded. */
    record Chunk(UUID id, String text) {
        static Chunk of(Row row) {
            return new Chunk(row.getUUID("id"), row.getString("text"));
        }
    }

    /** Cuts anew what readers see of an article. Without anything, no chunk is left. */
    Uni<Void> cut(WorkPiece piece, UUID articleId) {
        var caller = piece.caller();
        return sql.transaction(caller, statements -> statements
                .run(LOCK, Tuple.of(caller.orgId()))
                .chain(locked -> articles.find(caller, statements, articleId))
                .chain(text -> statements.run(REPLACE, Tuple.of(caller.orgId(), articleId, texts(text))))
                .replaceWithVoid());
    }

    /** In the order of the article. */
    Uni<List<Chunk>> pending(WorkPiece piece, UUID articleId, String model, int atMost) {
        var caller = piece.caller();
        return sql.list(caller, PENDING, Tuple.of(caller.orgId(), articleId, model, atMost), Chunk::of);
    }

    /** Fails with LeaseLost if another worker continues the piece. */
    Uni<Void> save(WorkPiece piece, String model, List<Chunk> chunks, List<float[]> vectors) {
        var ids = chunks.stream().map(Chunk::id).toArray(UUID[]::new);
        var bytes = vectors.stream().map(VectorBytes::write).toArray(Buffer[]::new);
        var caller = piece.caller();
        return sql.transaction(caller, statements -> piece.save(statements, JsonObject.of("model", model))
                .chain(() -> statements.run(SAVE, Tuple.of(caller.orgId(), model, ids, bytes)))
                .replaceWithVoid());
    }

    private static String[] texts(@Nullable PublishedText text) {
        return text == null
                ? new String[0]
                : Chunker.chunks(text.title(), text.content()).toArray(String[]::new);
    }
}
