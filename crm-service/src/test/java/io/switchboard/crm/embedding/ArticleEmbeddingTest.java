package io.switchboard.crm.embedding;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.work.WorkHandler;
import io.switchboard.kit.work.WorkLoop;
import io.switchboard.kit.work.WorkPiece;
import io.switchboard.kit.work.WorkQueue;
import io.switchboard.search.Embedder;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Articles are embedded after they were published, and anew by another model; the search goes on meanwhile. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ArticleEmbeddingTest {
    private static final String LONG_TEXT = IntStream.range(0, 20)
            .mapToObj(part -> ("w" + part + " ").repeat(160))
            .collect(Collectors.joining("\n"));

    @Inject
    MeaningSearch meaning;

    @Inject
    ArticleChunks chunks;

    @Inject
    TenantSql sql;

    @Inject
    WorkQueue queue;

    @Inject
    Vertx vertx;

    final String own = "own" + UUID.randomUUID().toString().replace("-", "");

    final Caller agent = Caller.agentOfNewOrg();
    final CallerContext caller = CallerContext.Value.user(agent.orgId(), agent.id(), "agent", Origin.worker());

    @BeforeEach
    void embedByOneModel() {
        use(new FakeEmbedder("model-a"));
    }

    @Test
    void what_readers_see_is_found_by_meaning_and_nothing_else() {
        var parking = published("Parking", "Vehicles stand in the garage.");
        published("Pets", "Dogs sleep in a basket.");
        awaitFound("vehicles garage", parking);
        assertEquals("Vehicles stand in the garage.", passage("vehicles garage"));

        agent.patch("/api/kb/articles/" + parking, Map.of("content", "Lorries stand on the square."))
                .then()
                .statusCode(200);
        assertEquals(List.of(), found("lorries square"));
        publish(parking);
        awaitFound("lorries square", parking);
        assertEquals(List.of(), found("vehicles garage"));

        agent.post("/api/kb/articles/" + parking + "/unpublish", Map.of())
                .then()
                .statusCode(200);
        awaitFound("lorries square");
        assertEquals(0, chunksOf(parking));
    }

    @Test
    void a_deleted_article_is_not_found_any_more() {
        var parking = published("Parking", "Vehicles stand in the garage.");
        awaitFound("vehicles garage", parking);
        agent.delete("/api/kb/articles/" + parking).then().statusCode(204);
        assertEquals(List.of(), found("vehicles garage"));
        assertEquals(0, chunksOf(parking));
    }

    @Test
    void no_other_organization_finds_it() {
        var parking = published("Parking", "Vehicles stand in the garage.");
        awaitFound("vehicles garage", parking);
        var other = CallerContext.Value.user(UUID.randomUUID(), agent.id(), "agent", Origin.worker());
        assertEquals(List.of(), result(meaning.nearest(other, "vehicles garage", 10)));
    }

    @Test
    void a_text_that_stays_keeps_its_vectors() {
        var embedder = new FakeEmbedder("model-a");
        use(embedder);
        var parking = published("Parking", "Vehicles stand in the garage. " + own);
        awaitFound("vehicles garage", parking);
        agent.patch("/api/kb/articles/" + parking, Map.of("tags", List.of("car")))
                .then()
                .statusCode(200);
        publish(parking);
        await().until(() -> Sql.superuser()
                        .number("select count(*) from work where org_id = '" + agent.orgId()
                                + "' and state = 'pending'")
                == 0);
        assertEquals(
                1, embedder.passages.stream().filter(text -> text.contains(own)).count());
    }

    @Test
    void another_model_takes_over_while_the_search_goes_on() {
        var parking = published("Parking", "Vehicles stand in the garage. " + own);
        awaitFound("vehicles garage", parking);
        var next = new FakeEmbedder("model-b").holds(own);
        use(next);
        await().until(() -> next.passages.stream().anyMatch(text -> text.contains(own)));
        // Vectors of two models are not compared, and the words are still found.
        assertEquals(List.of(), found("vehicles garage"));
        search("vehicles").body("items.id", contains(parking));
        assertEquals(List.of("model-a"), modelsOf(parking));
        next.release();
        awaitFound("vehicles garage", parking);
        assertEquals(List.of("model-b"), modelsOf(parking));
    }

    @Test
    void more_vectors_than_are_kept_are_not_searched() {
        var parking = published("Parking", "Vehicles stand in the garage.");
        awaitFound("vehicles garage", parking);
        var model = new FakeEmbedder("model-a").model();
        assertEquals(
                1,
                result(new ArticleVectors(sql, 1_000).find(caller, model))
                        .blocks()
                        .size());
        assertTrue(result(new ArticleVectors(sql, 100).find(caller, model)).isPartial());
    }

    @Test
    void words_are_found_while_the_embedder_is_away() {
        use(new FakeEmbedder("model-a").away());
        var parking = published("Parking", "Vehicles stand in the garage.");
        search("vehicles").body("items.id", contains(parking));
        search("lorries").body("items", empty());
        assertEquals(List.of(), found("vehicles garage"));
    }

    @Test
    void a_worker_that_is_killed_in_the_middle_is_continued() {
        use(new FakeEmbedder("model-a").away());
        var article = published("A long one", LONG_TEXT);
        await().until(() -> chunksOf(article) == 20);
        var kind = "test-" + UUID.randomUUID();

        var dying = Vertx.vertx();
        var first = new FakeEmbedder("model-b").stopsAfter(8);
        replica(dying, kind, first);
        result(sql.transaction(
                caller, statements -> queue.add(caller, statements, kind, JsonObject.of("articleId", article))));
        await().until(() -> modelsOf(article).stream().filter("model-b"::equals).count() == 8);
        dying.close().toCompletionStage().toCompletableFuture().join(); // no timer of this worker fires again

        var second = new FakeEmbedder("model-b");
        var loop = replica(vertx, kind, second);
        await().until(() -> modelsOf(article).stream().filter("model-b"::equals).count() == 20);
        loop.stop();
        assertEquals(12, second.passages.size());
        assertTrue(first.passages.stream().noneMatch(second.passages::contains));
    }

    private WorkLoop replica(Vertx itsVertx, String kind, FakeEmbedder embedder) {
        var work = new EmbedArticle(chunks, embedder);
        var handler = new WorkHandler() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Uni<JsonObject> run(WorkPiece piece) {
                return work.run(piece);
            }
        };
        var loop = new WorkLoop(itsVertx, sql, handler, "crm-service", Duration.ofSeconds(1), Duration.ofMillis(50));
        loop.start();
        return loop;
    }

    private static void use(FakeEmbedder embedder) {
        QuarkusMock.installMockForType(embedder, Embedder.class);
    }

    private String published(String title, String content) {
        String id = agent.post("/api/kb/articles", Map.of("title", title, "content", content))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        publish(id);
        return id;
    }

    private void publish(String id) {
        agent.post("/api/kb/articles/" + id + "/publish", Map.of()).then().statusCode(200);
    }

    private ValidatableResponse search(String question) {
        return agent.get("/api/kb/search?q=" + question).then().statusCode(200);
    }

    private void awaitFound(String question, String... ids) {
        await().until(() -> List.of(ids).equals(found(question)));
    }

    private List<String> found(String question) {
        return result(meaning.nearest(caller, question, 10)).stream()
                .map(hit -> hit.articleId().toString())
                .toList();
    }

    private String passage(String question) {
        var chunk = result(meaning.nearest(caller, question, 1)).get(0).chunkId();
        return result(meaning.passages(caller, List.of(chunk))).get(chunk);
    }

    private long chunksOf(String article) {
        return modelsOf(article).size();
    }

    private static List<String> modelsOf(String article) {
        return Sql.superuser().column("select model from kb_chunks where article_id = '" + article + "' order by nth");
    }

    private static <T> T result(Uni<T> uni) {
        return uni.subscribeAsCompletionStage().join();
    }
}
