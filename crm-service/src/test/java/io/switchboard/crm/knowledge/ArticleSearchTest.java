package io.switchboard.crm.knowledge;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Published articles are found by their words. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ArticleSearchTest extends KnowledgeCase {
    @Test
    void an_article_is_found_by_other_forms_of_its_words() {
        var category = category("Orders", null);
        var id = published(
                "Returning an order", "You may send parcels back within thirty days.", "categoryId", category);
        search(customer, "sending a parcel")
                .body("items", hasSize(1))
                .body("items[0].id", is(id))
                .body("items[0].title", is("Returning an order"))
                .body("items[0].categoryId", is(category))
                .body("items[0].score", greaterThan(0f))
                .body("items[0].excerpt", is("You may <mark>send</mark> <mark>parcels</mark> back within thirty days."))
                .body("nextCursor", is((Object) null));
    }

    @Test
    void the_title_counts_most() {
        published("Parking", "The invoice for the car park comes by mail.");
        published("The invoice", "It comes by mail.");
        search(agent, "invoice").body("items.title", contains("The invoice", "Parking"));
        search(agent, "\"car park\"").body("items.title", contains("Parking"));
        search(agent, "invoice -parking").body("items.title", contains("The invoice"));
        agent.get("/api/kb/search?q=invoice&limit=1").then().body("items.title", contains("The invoice"));
    }

    @Test
    void an_article_is_found_in_its_own_language() {
        published("Häuser", "Wir vermieten Häuser und Wohnungen.", "language", "german");
        published("Houses", "We let houses and flats.");
        published("Codes", "Der Fehler heisst Hausx17.", "language", "simple");
        search(agent, "Wohnung Haus").body("items.title", contains("Häuser"));
        search(agent, "house").body("items.title", contains("Houses"));
        search(agent, "hausx17").body("items.title", contains("Codes"));
    }

    @Test
    void what_does_not_fit_finds_nothing() {
        published("Opening hours", "We are open from nine to five.");
        for (var question :
                List.of("giraffe", "the of and", "-giraffe", "!", "'", "\\", "' or 1=1 --", "\u0001", "open giraffe")) {
            search(agent, question).body("items", empty());
        }
        search(Caller.agentOfNewOrg(), "open").body("items", empty());
    }

    @Test
    void an_excerpt_is_safe_html() {
        published(
                "Scripts",
                "Never write <script>alert('giraffe')</script> & <b>giraffe</b> \ue000here\ue001 in \"forms\".");
        search(agent, "giraffe")
                .body("items[0].excerpt", containsString("<mark>giraffe</mark>"))
                .body("items[0].excerpt", containsString("&amp;"))
                .body("items[0].excerpt", containsString(" here in &quot;forms&quot;"))
                .body("items.excerpt", everyItem(not(containsString("<script"))))
                .body("items.excerpt", everyItem(not(containsString("<b>"))));
    }

    @Test
    void a_question_has_1_to_500_characters() {
        for (var query : List.of("", "?q=", "?q=%20", "?q=" + "x".repeat(501))) {
            agent.request()
                    .urlEncodingEnabled(false)
                    .get("/api/kb/search" + query)
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("q"));
        }
        search(agent, "x".repeat(500)).body("items", empty());
        for (var limit : List.of("0", "51", "-1", "ten")) {
            agent.get("/api/kb/search?q=x&limit=" + limit)
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("limit"));
        }
    }

    @Test
    void the_same_question_finds_the_same_in_the_same_order() {
        for (int i = 0; i < 5; i++) {
            published("Parking", "Cars are parked behind the house.");
        }
        var first = search(agent, "parked cars").extract().jsonPath().getList("items.id");
        assertEquals(5, first.size());
        assertEquals(first, search(customer, "parked cars").extract().jsonPath().getList("items.id"));
        var some = agent.get("/api/kb/search?q=parked cars&limit=2").jsonPath().getList("items.id");
        assertEquals(first.subList(0, 2), some);
        agent.patch("/api/kb/articles/" + first.get(0), Map.of("content", "Gone."))
                .then()
                .statusCode(200);
        search(agent, "parked cars").body("items", hasSize(5));
    }
}
