package io.switchboard.crm.embedding;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.Plans;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class EmbeddingPlansTest {
    private static final UUID ORG = UUID.randomUUID();
    private static final UUID ARTICLE = UUID.randomUUID();

    /** 20,000 chunks, half of them of one organization, by the model in use, so that no work is queued for them. */
    private static final String FILL = """
            insert into kb_chunks (org_id, article_id, nth, text, model, vector, revision)
            select case when n %% 2 = 0 then '%1$s'::uuid else md5((n %% 50)::text)::uuid end,
                case when n <= 40 then '%2$s'::uuid else md5((n / 4)::text)::uuid end, n, 'Title' || chr(10) || 'text ' || n, '%3$s', '\\x00', n
            from generate_series(1, 20000) n""";

    @BeforeAll
    static void fill() {
        Sql.superuser()
                .run(
                        FILL.formatted(ORG, ARTICLE, MiniLmEmbedder.MODEL.name()),
                        "insert into kb_chunk_revisions (org_id) select gen_random_uuid() from generate_series(1, 5000)",
                        "analyze kb_chunks, kb_chunk_revisions");
    }

    @AfterAll
    static void empty() {
        Sql.superuser()
                .run(
                        "delete from kb_chunks where vector = '\\x00'",
                        "delete from kb_chunk_revisions where revision = 0",
                        "vacuum analyze kb_chunks, kb_chunk_revisions");
    }

    @Test
    void vectors_and_chunks_are_read_by_an_index() {
        var model = MiniLmEmbedder.MODEL.name();
        var last = new UUID(-1, -1);
        try (var app = Sql.app(ORG, UUID.randomUUID(), "agent").open()) {
            Plans.noSequentialScan(app, ArticleVectors.REVISION, Tuple.of(ORG));
            Plans.noSequentialScan(app, ArticleVectors.VECTORS, Tuple.of(ORG, 19_000L, last, 20_000L, model));
            Plans.noSequentialScan(app, ArticleChunks.PENDING, Tuple.of(ORG, ARTICLE, model, 8));
        }
    }
}
