package io.switchboard.crm.knowledge;

import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.switchboard.kit.test.PostgresResource;
import io.switchboard.kit.test.Sql;
import io.switchboard.kit.test.SqlRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** No category is below itself, however one tries. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CategoryTreeTest extends KnowledgeCase {
    private static final int DEEPEST = 10;
    private static final int ROUNDS = 10;

    @Test
    void a_category_does_not_move_below_itself() {
        var a = category("A", null);
        var b = category("B", a);
        var c = category("C", b);
        for (var below : List.of(a, b, c)) {
            refused(move(a, below), "category_cycle");
        }
        move(c, a).then().statusCode(200);
        move(b, c).then().statusCode(200);
        refused(move(c, b), "category_cycle");
    }

    @Test
    void sql_makes_no_cycle_either() {
        var a = category("A", null);
        var b = category("B", a);
        var id = UUID.randomUUID();
        for (var cycle : List.of(
                sqlMove(a, b),
                sqlMove(a, a),
                "insert into kb_categories (org_id, id, name, parent_id) values ('%1$s', '%2$s', 'C', '%2$s')"
                        .formatted(agent.orgId(), id),
                "insert into kb_categories (org_id, id, name, parent_id) values ('%1$s', '%2$s', 'C', '%3$s'), ('%1$s', '%3$s', 'D', '%2$s')"
                        .formatted(agent.orgId(), id, UUID.randomUUID()))) {
            var refusal = assertThrows(SqlRefusal.class, () -> app().run(cycle), cycle);
            assertEquals("SB409", refusal.state(), cycle);
        }
        var c = category("C", null);
        var swap =
                "update kb_categories set parent_id = case id when '%1$s' then '%2$s'::uuid else '%1$s'::uuid end where id in ('%1$s', '%2$s')"
                        .formatted(a, c);
        assertEquals(
                "SB409", assertThrows(SqlRefusal.class, () -> app().run(swap)).state());
    }

    @Test
    void a_move_sees_what_an_earlier_one_has_done() {
        var a = category("A", null);
        var b = category("B", null);
        refused(app().runDuring(sqlMove(a, b), () -> move(b, a)), "category_cycle");
    }

    @Test
    void of_two_moves_at_the_same_time_one_is_refused() throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                var a = category("A", null);
                var b = category("B", null);
                List<Callable<Integer>> both =
                        List.of(() -> move(a, b).statusCode(), () -> move(b, a).statusCode());
                var statuses = new ArrayList<Integer>();
                for (Future<Integer> one : threads.invokeAll(both)) {
                    statuses.add(one.get());
                }
                assertEquals(List.of(200, 409), statuses.stream().sorted().toList());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_tree_is_at_most_ten_deep() {
        var chain = new ArrayList<String>();
        for (int i = 0; i < DEEPEST; i++) {
            chain.add(category("Level " + i, i == 0 ? null : chain.get(i - 1)));
        }
        refused(
                agent.post("/api/kb/categories", Map.of("name", "Too deep", "parentId", chain.get(DEEPEST - 1))),
                "category_too_deep");
        var top = category("Top", null);
        refused(move(chain.get(0), top), "category_too_deep");
        move(chain.get(1), top).then().statusCode(200);
    }

    private Response move(String id, String parentId) {
        return agent.patch("/api/kb/categories/" + id, Map.of("parentId", parentId));
    }

    private static void refused(Response answer, String type) {
        answer.then().statusCode(409).body("type", endsWith(type));
    }

    private static String sqlMove(String id, String parentId) {
        return "update kb_categories set parent_id = '%s' where id = '%s'".formatted(parentId, id);
    }

    private Sql app() {
        return Sql.app(agent.orgId(), agent.id(), "agent");
    }
}
