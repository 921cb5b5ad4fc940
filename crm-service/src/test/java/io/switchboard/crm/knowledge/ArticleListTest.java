package io.switchboard.crm.knowledge;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which articles a list shows, and in which order. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ArticleListTest extends KnowledgeCase {
    @Test
    void filters_combine() {
        var orders = category("Orders", null);
        published("Returning 100%", "Text", "categoryId", orders, "tags", List.of("money", "orders"));
        published("Opening hours", "Text", "tags", List.of("money"));
        draft("Returning shoes", "Text", "categoryId", orders);
        var bob = agent.colleague("admin");
        bob.post("/api/kb/articles", Map.of("title", "Bob's", "content", "Text"))
                .then()
                .statusCode(201);

        titles(agent, "", "Bob's", "Returning shoes", "Opening hours", "Returning 100%");
        titles(agent, "?categoryId=" + orders, "Returning shoes", "Returning 100%");
        titles(agent, "?categoryId=" + orders + "&published=true", "Returning 100%");
        titles(agent, "?published=false", "Bob's", "Returning shoes");
        titles(agent, "?published=true", "Opening hours", "Returning 100%");
        titles(agent, "?tag=money", "Opening hours", "Returning 100%");
        titles(agent, "?tag=money&q=RETURN", "Returning 100%");
        titles(agent, "?q=return", "Returning shoes", "Returning 100%");
        titles(agent, "?q=0%25", "Returning 100%");
        titles(agent, "?authorId=" + bob.id(), "Bob's");
        titles(
                agent,
                "?tag=&q=&categoryId=&authorId=&published=",
                "Bob's",
                "Returning shoes",
                "Opening hours",
                "Returning 100%");
        titles(customer, "", "Opening hours", "Returning 100%");
        titles(customer, "?categoryId=" + orders, "Returning 100%");
        titles(customer, "?published=true&q=return", "Returning 100%");
        titles(customer, "?tag=orders&authorId=" + agent.id(), "Returning 100%");
        list(customer, "?published=false").body("items", empty());
        list(Caller.agentOfNewOrg(), "").body("items", empty());
        list(agent, "").body("items[0]", not(hasKey("content")));
    }

    @Test
    void pages_show_each_article_once() {
        for (int i = 0; i < 7; i++) {
            published("Article " + i, "Text", "tags", List.of("all"));
        }
        for (var reader : List.of(agent, customer)) {
            for (var filter : List.of("", "&tag=all")) {
                var seen = new ArrayList<String>();
                String cursor = "";
                do {
                    var page = list(reader, "?limit=3" + filter + "&cursor=" + cursor)
                            .extract()
                            .jsonPath();
                    seen.addAll(page.getList("items.title"));
                    cursor = page.get("nextCursor");
                } while (cursor != null);
                assertEquals(
                        List.of(
                                "Article 6",
                                "Article 5",
                                "Article 4",
                                "Article 3",
                                "Article 2",
                                "Article 1",
                                "Article 0"),
                        seen);
            }
        }
    }

    @Test
    void an_unknown_value_of_a_filter_is_refused() {
        for (var bad : Map.of("categoryId", "orders", "authorId", "me", "published", "yes", "q", "x".repeat(256))
                .entrySet()) {
            agent.get("/api/kb/articles?" + bad.getKey() + "=" + bad.getValue())
                    .then()
                    .statusCode(400)
                    .body("type", endsWith("invalid_filter"))
                    .body("errors.field", contains(bad.getKey()));
        }
        agent.get("/api/kb/articles?cursor=x").then().statusCode(400).body("type", endsWith("invalid_cursor"));
    }

    private void titles(Caller reader, String query, String... titles) {
        reader.request()
                .urlEncodingEnabled(false)
                .get("/api/kb/articles" + query)
                .then()
                .statusCode(200)
                .body("items.title", contains(titles));
    }
}
