package io.switchboard.kit.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    private static final Problem TAKEN = Problem.conflict("slot_taken", "The slot is taken.");

    @Test
    void a_problem_has_members_of_its_own() {
        var problem = TAKEN.with("clash", Map.of("id", "a")).with("alternatives", List.of("b", "c"));
        var document = document(problem);
        assertEquals("a", document.getJsonObject("clash").getString("id"));
        assertEquals(2, document.getJsonArray("alternatives").size());
        assertEquals("urn:switchboard:problem:slot_taken", document.getString("type"));
        assertEquals(409, document.getInteger("status"));
        assertFalse(document.containsKey("members"));
    }

    @Test
    void the_problem_itself_does_not_change() {
        TAKEN.with("clash", "a");
        assertFalse(document(TAKEN).containsKey("clash"));
    }

    @Test
    void headers_stay_with_a_problem_that_gets_members() {
        var problem = Problem.tooMany("too_many_attempts", 5).with("limit", 3);
        assertEquals("5", problem.headers().get("Retry-After"));
        assertEquals(
                List.of("GET"),
                List.of(Problem.methodNotAllowed(List.of("GET"))
                        .with("hint", "x")
                        .headers()
                        .get("Allow")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"type", "title", "status", "detail", "instance", "requestId", "errors", "", "ab", "a-b-c", "1st"
            })
    void standard_members_cannot_be_replaced(String member) {
        assertThrows(IllegalArgumentException.class, () -> TAKEN.with(member, "x"));
    }

    @Test
    void a_failed_foreign_key_is_named_after_its_field() {
        var refused = new PgException(
                "m",
                "ERROR",
                "23503",
                "d",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "crm",
                "tickets",
                null,
                null,
                "contactId");
        var problem = Problems.of(refused);
        assertEquals(422, problem.status());
        assertEquals("contactId", problem.errors().get(0).field());
    }

    private static JsonObject document(Problem problem) {
        return new JsonObject(ProblemAnswer.document(problem, "request"));
    }
}
