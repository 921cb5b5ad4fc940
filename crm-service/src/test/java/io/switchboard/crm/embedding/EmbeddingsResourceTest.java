package io.switchboard.crm.embedding;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.search.Embedder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class EmbeddingsResourceTest {
    private static final String PATH = "/internal/embeddings";
    final Caller voice = Caller.service("voice-service", UUID.randomUUID());

    @Test
    void voice_service_has_texts_embedded() {
        voice.post(PATH, Map.of("texts", List.of("When are you open?", "Where are you?")))
                .then()
                .statusCode(200)
                .body("model", is("all-minilm-l6-v2-q"))
                .body("dimensions", is(384))
                .body("vectors", hasSize(2))
                .body("vectors", everyItem(hasSize(384)));
    }

    @Test
    void a_request_is_bounded() {
        refused(List.of());
        refused(Collections.nCopies(33, "one"));
        refused(List.of("one", "x".repeat(2_001)));
        refused(List.of(" "));
        refused(Collections.singletonList(null));
        voice.post(PATH, Map.of()).then().statusCode(422);
        Caller.adminOfNewOrg()
                .post(PATH, Map.of("texts", List.of("one")))
                .then()
                .statusCode(403);
    }

    @Test
    void without_an_embedder_it_is_to_be_tried_again() {
        QuarkusMock.installMockForType(new FakeEmbedder("model-a").away(), Embedder.class);
        voice.post(PATH, Map.of("texts", List.of("one")))
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("type", endsWith("unavailable"));
    }

    private void refused(List<String> texts) {
        voice.post(PATH, Map.of("texts", texts)).then().statusCode(422).body("type", endsWith("invalid"));
    }
}
