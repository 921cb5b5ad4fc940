package io.switchboard.crm.knowledge;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Readers have what is published, never a working copy. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PublishingTest extends KnowledgeCase {
    @Test
    void readers_do_not_see_a_draft() {
        var id = draft("Secret offer", "Half price for giraffes.", "tags", List.of("offer"));
        for (var role : READERS) {
            unseen(agent.colleague(role), id, "giraffes");
        }
        search(agent, "giraffes").body("items", empty()); // a search has what readers see, whoever searches
        list(agent, "").body("items.id", contains(id));
    }

    @Test
    void readers_see_a_change_when_it_is_published() {
        var id = published("Returns", "Send it back within 30 days.", "tags", List.of("old"));
        change(id, Map.of("title", "Refunds", "content", "Money for zebras.", "tags", List.of("new")))
                .body("hasUnpublishedChanges", is(true))
                .body("publishedAt", notNullValue());
        for (var role : READERS) {
            var reader = agent.colleague(role);
            read(reader, id)
                    .statusCode(200)
                    .body("title", is("Returns"))
                    .body("content", is("Send it back within 30 days."))
                    .body("tags", contains("old"))
                    .body("hasUnpublishedChanges", nullValue());
            list(reader, "").body("items.title", contains("Returns"));
            list(reader, "?tag=new").body("items", empty());
            list(reader, "?q=Refund").body("items", empty());
            search(reader, "zebras").body("items", empty());
            search(reader, "30 days").body("items.id", contains(id));
        }
        list(agent, "?tag=new").body("items.title", contains("Refunds"));
        list(agent, "?tag=old").body("items", empty());
        publish(id).body("hasUnpublishedChanges", is(false));
        read(customer, id).body("title", is("Refunds")).body("content", is("Money for zebras."));
        search(customer, "zebras").body("items.title", contains("Refunds"));
        search(customer, "30 days").body("items", empty());
    }

    @Test
    void an_unpublished_article_is_a_draft_again() {
        var id = published("Returns", "Send it back, giraffe.");
        unpublish(id).body("publishedAt", nullValue()).body("hasUnpublishedChanges", is(true));
        unpublish(id).body("publishedAt", nullValue());
        unseen(customer, id, "giraffe");
        publish(id).body("publishedAt", notNullValue()).body("hasUnpublishedChanges", is(false));
        read(customer, id).statusCode(200);
        agent.get("/api/kb/articles/" + id + "/versions").then().body("items.number", contains(1));
    }

    @Test
    void a_change_that_is_taken_back_is_none() {
        var id = published("Returns", "Send it back.");
        change(id, Map.of("title", "Refunds")).body("hasUnpublishedChanges", is(true));
        change(id, Map.of("title", "Returns")).body("hasUnpublishedChanges", is(false));
        publish(id).header("ETag", is("\"3\""));
        agent.get("/api/kb/articles/" + id + "/versions").then().body("items.number", contains(1));
    }

    @Test
    void a_deleted_article_is_gone_for_readers() {
        var id = published("Returns", "Send it back, giraffe.");
        agent.delete("/api/kb/articles/" + id).then().statusCode(204);
        unseen(customer, id, "giraffe");
    }

    /** With the settings of the transaction alone. */
    @Test
    void the_database_itself_hides_working_copies() {
        var id = published("Returns", "Send it back.");
        change(id, Map.of("title", "Refunds"));
        publish(id);
        draft("Draft", "Text");
        for (var role : READERS) {
            var app = Sql.app(agent.orgId(), agent.id(), role);
            assertEquals(List.of(), app.column("select title from kb_articles"));
            assertEquals(List.of("Refunds"), app.column("select title from kb_versions"));
            for (var search : List.of("articles_titled('', true)", "articles_tagged('', true)")) {
                assertEquals(List.of(), app.column("select " + search));
            }
            for (var change : List.of(
                    "insert into kb_articles (org_id, title, content) values (current_org_id(), 'A', 'B')",
                    "insert into kb_categories (org_id, name) values (current_org_id(), 'A')")) {
                assertEquals(
                        "42501",
                        assertThrows(SqlRefusal.class, () -> app.run(change)).state());
            }
            for (var change : List.of(
                    "update kb_articles set title = 'X'",
                    "delete from kb_articles",
                    "update kb_versions set is_current = false")) {
                assertEquals(0, app.run(change), change);
            }
        }
        var globex = Caller.agentOfNewOrg();
        assertEquals(List.of(), Sql.app(globex.orgId(), globex.id(), "admin").column("select title from kb_versions"));
    }

    @Test
    void each_change_that_readers_see_is_to_be_embedded() {
        var id = draft("Returns", "Send it back.");
        change(id, Map.of("title", "Refunds"));
        assertEquals(0, embeddings(id));
        publish(id);
        assertEquals(1, embeddings(id));
        change(id, Map.of("title", "Returns"));
        publish(id);
        publish(id);
        assertEquals(2, embeddings(id));
        unpublish(id);
        assertEquals(3, embeddings(id));
    }

    private static long embeddings(String id) {
        return Sql.superuser()
                .number("select count(*) from work where kind = 'embed_article' and payload ->> 'articleId' = '%s'"
                        .formatted(id));
    }

    private void unseen(Caller reader, String id, String word) {
        read(reader, id).statusCode(404).body("type", endsWith("article_not_found"));
        list(reader, "").body("items", empty());
        list(reader, "?published=false").body("items", empty());
        list(reader, "?authorId=" + agent.id()).body("items", empty());
        search(reader, word).body("items", empty());
    }
}
