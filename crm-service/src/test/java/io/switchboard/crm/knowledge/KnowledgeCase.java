package io.switchboard.crm.knowledge;

import io.quarkus.test.junit.QuarkusMock;
import io.restassured.response.ValidatableResponse;
import io.switchboard.crm.embedding.FakeEmbedder;
import io.switchboard.kit.test.Caller;
import io.switchboard.search.Embedder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** An organization with an agent, and people who may only read. */
abstract class KnowledgeCase {
    static final List<String> READERS = List.of("customer", "user", "enterprise");

    final Caller agent = Caller.agentOfNewOrg();
    final Caller customer = agent.colleague("customer");

    /** What the meaning finds beside it is for the tests of {@link io.switchboard.crm.embedding}. */
    @BeforeEach
    void searchByWordsAlone() {
        QuarkusMock.installMockForType(new FakeEmbedder("none").away(), Embedder.class);
    }

    String category(String name, Object parentId) {
        var form = new HashMap<String, Object>(Map.of("name", name));
        if (parentId != null) {
            form.put("parentId", parentId);
        }
        return agent.post("/api/kb/categories", form)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    String draft(String title, String content, Object... more) {
        var form = new HashMap<String, Object>(Map.of("title", title, "content", content));
        for (int i = 0; i < more.length; i += 2) {
            form.put((String) more[i], more[i + 1]);
        }
        return agent.post("/api/kb/articles", form)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    String published(String title, String content, Object... more) {
        var id = draft(title, content, more);
        publish(id);
        return id;
    }

    ValidatableResponse publish(String id) {
        return agent.post("/api/kb/articles/" + id + "/publish", Map.of())
                .then()
                .statusCode(200);
    }

    ValidatableResponse unpublish(String id) {
        return agent.post("/api/kb/articles/" + id + "/unpublish", Map.of())
                .then()
                .statusCode(200);
    }

    ValidatableResponse change(String id, Map<String, ?> patch) {
        return agent.patch("/api/kb/articles/" + id, patch).then().statusCode(200);
    }

    ValidatableResponse read(Caller reader, String id) {
        return reader.get("/api/kb/articles/" + id).then();
    }

    ValidatableResponse list(Caller reader, String query) {
        return reader.get("/api/kb/articles" + query).then().statusCode(200);
    }

    ValidatableResponse search(Caller reader, String question) {
        return reader.request()
                .queryParam("q", question)
                .get("/api/kb/search")
                .then()
                .statusCode(200);
    }
}
