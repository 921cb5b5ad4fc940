package io.switchboard.crm.knowledge;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.crm.embedding.FakeEmbedder;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.search.Embedder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found by words and what is found by meaning are one list. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class HybridSearchTest extends KnowledgeCase {
    @BeforeEach
    void searchByMeaningToo() {
        QuarkusMock.installMockForType(new FakeEmbedder("model-h"), Embedder.class);
    }

    @Test
    void what_both_halves_find_comes_first() {
        var near = published("Parking", "Vehicles stand in the garage.");
        var both = published("Deliveries", "Lorries and vehicles leave the garage.");
        awaitFound("vehicles garage lorries", both, near);
        search(customer, "vehicles garage lorries")
                .body("items.title", contains("Deliveries", "Parking"))
                .body("items[1].excerpt", is("<mark>Vehicles</mark> stand in the <mark>garage</mark>."));
        assertEquals(List.of(near), found("vehicles -lorries"));
        assertEquals(List.of(near), found("\"stand in the garage\""));
        unpublish(near);
        assertEquals(List.of(both), found("vehicles garage lorries"));
    }

    @Test
    void a_chunk_that_is_behind_shows_nothing_old() {
        var id = published("Parking", "Vehicles stand\n in the garage.");
        awaitFound("vehicles lorries garage", id);
        Sql.superuser()
                .run("update kb_chunks set text = E'Parking\\nVehicles had a secret garage.' where article_id = '%s'"
                        .formatted(id));
        change(id, Map.of("content", "Giraffes stand in the garage."));
        search(customer, "vehicles lorries garage")
                .body("items.excerpt", contains("<mark>Vehicles</mark> stand in the <mark>garage</mark>."));
    }

    private void awaitFound(String question, String... ids) {
        await().until(() -> List.of(ids).equals(found(question)));
    }

    private List<String> found(String question) {
        return search(customer, question).extract().jsonPath().getList("items.id");
    }
}
