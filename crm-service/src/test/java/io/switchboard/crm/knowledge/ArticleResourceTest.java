package io.switchboard.crm.knowledge;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Articles as staff write them. What readers see of them is in {@link PublishingTest}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ArticleResourceTest extends KnowledgeCase {
    @Test
    void an_article_is_added_changed_and_deleted() {
        var category = category("Orders", null);
        var form = Map.of(
                "title",
                " Returns ",
                "content",
                "Send it back.",
                "categoryId",
                category,
                "tags",
                List.of("orders", "money"),
                "metadata",
                Map.of("source", "import"),
                "language",
                "german");
        var created = agent.post("/api/kb/articles", form);
        created.then()
                .statusCode(201)
                .header("ETag", is("\"0\""))
                .body("title", is("Returns"))
                .body("content", is("Send it back."))
                .body("categoryId", is(category))
                .body("authorId", is(agent.id().toString()))
                .body("tags", contains("orders", "money"))
                .body("metadata.source", is("import"))
                .body("language", is("german"))
                .body("publishedAt", nullValue())
                .body("hasUnpublishedChanges", is(true));
        var path = "/api/kb/articles/" + created.path("id");
        created.then().header("Location", endsWith(path));
        var patch = new HashMap<String, Object>(Map.of("title", "Returning", "tags", List.of("orders")));
        patch.put("categoryId", null);
        patch.put("language", null);
        agent.request()
                .header("If-Match", "\"0\"")
                .body(patch)
                .patch(path)
                .then()
                .statusCode(200);
        agent.get(path)
                .then()
                .header("ETag", is("\"1\""))
                .body("title", is("Returning"))
                .body("content", is("Send it back."))
                .body("categoryId", nullValue())
                .body("tags", contains("orders"))
                .body("language", is("english"));
        agent.request()
                .header("If-Match", "\"0\"")
                .body(patch)
                .patch(path)
                .then()
                .statusCode(412);
        agent.request()
                .header("If-Match", "\"0\"")
                .post(path + "/publish")
                .then()
                .statusCode(412);
        agent.delete(path).then().statusCode(204);
        agent.get(path).then().statusCode(404).body("type", endsWith("article_not_found"));
    }

    @Test
    void what_is_no_article_is_refused() {
        var long_ = "x".repeat(100_000);
        for (var bad : Map.of(
                        "title", "x".repeat(201),
                        "content", long_ + "x",
                        "categoryId", UUID.randomUUID(),
                        "tags", Collections.nCopies(51, "a"),
                        "metadata", Map.of("a", "x".repeat(8_200)))
                .entrySet()) {
            var form = new HashMap<String, Object>(Map.of("title", "A", "content", "B"));
            form.put(bad.getKey(), bad.getValue());
            agent.post("/api/kb/articles", form).then().statusCode(422).body("errors[0].field", is(bad.getKey()));
        }
        for (var blank : List.of("title", "content")) {
            var form = new HashMap<String, Object>(Map.of("title", "A", "content", "B"));
            form.put(blank, "\u200b");
            agent.post("/api/kb/articles", form).then().statusCode(422).body("errors.field", contains(blank));
        }
        agent.post("/api/kb/articles", Map.of("title", "A", "content", "B", "language", "klingon"))
                .then()
                .statusCode(400)
                .body("errors.field", contains("language"));
        agent.post("/api/kb/articles", Map.of("title", "A", "content", "B", "publishedAt", "2026-01-01T00:00:00Z"))
                .then()
                .statusCode(400)
                .body("type", endsWith("unknown_field"));
        publish(draft("A", long_));
    }

    /** PostgreSQL keeps a megabyte of words of a text. */
    @Test
    void a_text_of_very_many_words_is_published() {
        var words = new StringBuilder();
        for (int i = 0; words.length() < 99_900; i++) {
            words.appendCodePoint(0x10400 + i % 40)
                    .appendCodePoint(0x10400 + i / 40 % 40)
                    .append('-')
                    .appendCodePoint(0x10400 + i / 1600 % 40)
                    .append(' ');
        }
        publish(draft("Deseret", words.toString())).body("hasUnpublishedChanges", is(false));
    }

    @Test
    void a_version_is_restored_into_the_working_copy() {
        var id = published("One", "First text.", "tags", List.of("a"), "language", "french");
        var first = "/api/kb/articles/" + id + "/versions/1/restore";
        change(id, Map.of("title", "Two", "content", "Second text.", "tags", List.of("b"), "language", "english"));
        publish(id);
        var category = category("Orders", null);
        change(id, Map.of("title", "Three", "categoryId", category));
        agent.post(first, Map.of())
                .then()
                .statusCode(200)
                .body("id", is(id))
                .body("title", is("One"))
                .body("content", is("First text."))
                .body("tags", contains("a"))
                .body("language", is("french"))
                .body("categoryId", is(category))
                .body("hasUnpublishedChanges", is(true));
        read(customer, id).body("title", is("Two"));
        publish(id);
        read(customer, id).body("title", is("One")).body("content", is("First text."));
        agent.get("/api/kb/articles/" + id + "/versions")
                .then()
                .body("items.number", contains(3, 2, 1))
                .body("items.title", contains("One", "Two", "One"))
                .body("items.content", contains("First text.", "Second text.", "First text."))
                .body("items.isCurrent", contains(true, false, false))
                .body("items[0].publishedBy", is(agent.id().toString()))
                .body("items[0].publishedAt", notNullValue());
        agent.post(first.replace("/1/", "/4/"), Map.of())
                .then()
                .statusCode(404)
                .body("type", endsWith("version_not_found"));
        agent.request().header("If-Match", "\"0\"").post(first).then().statusCode(412);
    }

    @Test
    void versions_come_in_pages_and_go_with_the_article() {
        var id = draft("Text 0", "Text");
        var versions = "/api/kb/articles/" + id + "/versions";
        agent.get(versions).then().statusCode(200).body("items", is(List.of()));
        for (int i = 1; i <= 3; i++) {
            change(id, Map.of("title", "Text " + i));
            publish(id);
        }
        String cursor = agent.get(versions + "?limit=2")
                .then()
                .body("items.number", contains(3, 2))
                .extract()
                .path("nextCursor");
        agent.get(versions + "?limit=2&cursor=" + cursor).then().body("items.number", contains(1));
        agent.delete("/api/kb/articles/" + id).then().statusCode(204);
        agent.get(versions).then().statusCode(404);
        assertEquals(
                0, Sql.superuser().number("select count(*) from kb_versions where article_id = '%s'".formatted(id)));
    }
}
