package io.switchboard.crm.knowledge;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.switchboard.kit.test.Caller;
import io.switchboard.kit.test.PostgresResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Categories of the knowledge base, one in another. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CategoryResourceTest extends KnowledgeCase {
    @Test
    void a_category_is_added_changed_and_deleted() {
        var form = Map.of("name", " Orders ", "description", "Buying", "metadata", Map.of("icon", "cart"));
        var created = agent.post("/api/kb/categories", form);
        created.then()
                .statusCode(201)
                .header("ETag", is("\"0\""))
                .body("name", is("Orders"))
                .body("description", is("Buying"))
                .body("parentId", nullValue())
                .body("metadata.icon", is("cart"));
        var path = "/api/kb/categories/" + created.path("id");
        created.then().header("Location", endsWith(path));
        agent.get(path).then().header("ETag", is("\"0\""));
        agent.get(path).then().header("ETag", is("\"0\"")); // a read writes nothing
        var parent = category("Shop", null);
        var patch = new HashMap<String, Object>(Map.of("parentId", parent));
        patch.put("description", null);
        agent.patch(path, patch)
                .then()
                .statusCode(200)
                .body("parentId", is(parent))
                .body("description", nullValue())
                .body("metadata.icon", is("cart"));
        agent.request().header("If-Match", "\"0\"").delete(path).then().statusCode(412);
        agent.delete(path).then().statusCode(204);
        agent.get(path).then().statusCode(404).body("type", endsWith("category_not_found"));
    }

    @Test
    void readers_see_categories_and_other_organizations_do_not() {
        var id = category("Orders", null);
        for (var role : READERS) {
            var reader = agent.colleague(role);
            reader.get("/api/kb/categories").then().statusCode(200).body("items.name", contains("Orders"));
            reader.get("/api/kb/categories/" + id).then().statusCode(200);
        }
        var globex = Caller.agentOfNewOrg();
        globex.get("/api/kb/categories").then().body("items", empty());
        globex.post("/api/kb/categories", Map.of("name", "Mine", "parentId", id))
                .then()
                .statusCode(422)
                .body("errors.field", contains("parentId"));
    }

    @Test
    void what_is_no_category_is_refused() {
        for (var bad : List.of(
                Map.of("name", "\u200b"),
                Map.of("name", "x".repeat(121)),
                Map.of("name", "A", "description", "x".repeat(2_001)),
                Map.of("name", "A", "parentId", UUID.randomUUID()))) {
            agent.post("/api/kb/categories", bad).then().statusCode(422);
        }
        agent.get("/api/kb/categories").then().body("items", empty());
    }

    @Test
    void categories_are_listed_by_name_in_pages() {
        var shop = category("Shop", null);
        for (var name : List.of("C", "A", "B", "A")) {
            category(name, shop);
        }
        var names = new ArrayList<String>();
        String cursor = "";
        do {
            var page = agent.get("/api/kb/categories?limit=2&cursor=" + cursor).jsonPath();
            names.addAll(page.getList("items.name"));
            cursor = page.get("nextCursor");
        } while (cursor != null);
        assertEquals(List.of("A", "A", "B", "C", "Shop"), names);
        agent.get("/api/kb/categories?parentId=" + shop).then().body("items.name", contains("A", "A", "B", "C"));
        agent.get("/api/kb/categories?parentId=shop").then().statusCode(400).body("errors.field", contains("parentId"));
    }

    @Test
    void a_category_in_use_stays() {
        var shop = category("Shop", null);
        var orders = category("Orders", shop);
        var article = draft("Returns", "Send it back.", "categoryId", orders);
        for (var used : List.of(shop, orders)) {
            agent.delete("/api/kb/categories/" + used).then().statusCode(409).body("type", endsWith("category_in_use"));
        }
        publish(article);
        change(article, Map.of("categoryId", shop));
        agent.delete("/api/kb/categories/" + orders).then().statusCode(409); // readers still find it there
        publish(article);
        agent.delete("/api/kb/categories/" + orders).then().statusCode(204);
        agent.get("/api/kb/articles/" + article + "/versions").then().body("items.categoryId", contains(shop, null));
        agent.delete("/api/kb/articles/" + article).then().statusCode(204);
        agent.delete("/api/kb/categories/" + shop).then().statusCode(204);
    }
}
