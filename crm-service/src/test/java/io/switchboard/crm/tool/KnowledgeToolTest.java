package io.switchboard.crm.tool;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.PostgresResource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an assistant says of the knowledge base. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class KnowledgeToolTest extends ToolCase {
    @Test
    void the_best_article_is_said_in_one_line() {
        publish("Returning an order", "Send it back within 30 days.\nPostage is <b>free</b> & fast.");
        var answer = result("search_knowledge", Map.of("query", "send back"))
                .body("result", is("Returning an order: Send it back within 30 days. Postage is free & fast."))
                .body("data.found", is(true))
                .body("data.articles", hasSize(1))
                .body("data.articles[0].title", is("Returning an order"));
        answer.body("data.articles[0].passage", not(containsString("<mark>")));
    }

    @Test
    void a_long_article_is_said_in_part() {
        publish("Long " + "title ".repeat(30), "word ".repeat(3_000) + "giraffe " + "word ".repeat(3_000));
        var line =
                result("search_knowledge", Map.of("query", "giraffe")).extract().<String>path("result");
        assertTrue(line.length() <= 400, line);
        assertTrue(line.contains("giraffe"), line);
    }

    @Test
    void nothing_that_fits_is_said_so() {
        var draft = ada.post("/api/kb/articles", Map.of("title", "Draft", "content", "About giraffes."));
        draft.then().statusCode(201);
        result("search_knowledge", Map.of("query", "giraffes"))
                .body("result", is("I found nothing about that."))
                .body("data.found", is(false))
                .body("data.articles", empty());
    }

    @Test
    void a_missing_question_is_asked_for() {
        error("search_knowledge", Map.of()).body("error", is("I need the question to look up."));
        error("search_knowledge", Map.of("query", "x".repeat(501))).body("error", startsWith("The query is too long"));
    }

    private void publish(String title, String content) {
        var id = ada.post("/api/kb/articles", Map.of("title", title, "content", content))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        ada.post("/api/kb/articles/" + id + "/publish", Map.of()).then().statusCode(200);
    }
}
