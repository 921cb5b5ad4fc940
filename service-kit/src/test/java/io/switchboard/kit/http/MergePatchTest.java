package io.switchboard.kit.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.kit.problem.Problem;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.Test;

class MergePatchTest {
    /** A form with a required field and a nested one. */
    record Form(@NotNull String name, String note, Map<String, Object> hours) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();
    private static final Form BEFORE = new Form("Ada", "calls back", Map.of("mon", "9-17", "tue", "9-17"));

    private static MergePatch<Form> patch(String json) throws JsonProcessingException {
        return new MergePatch<>((ObjectNode) JSON.readTree(json), Form.class, JSON, VALIDATOR);
    }

    @Test
    void absent_stays_null_goes_and_objects_merge() throws JsonProcessingException {
        var after = patch("{\"note\": null, \"hours\": {\"tue\": null, \"wed\": \"10-12\"}}")
                .on(BEFORE);
        assertEquals(new Form("Ada", null, Map.of("mon", "9-17", "wed", "10-12")), after);
    }

    @Test
    void the_result_must_be_valid() throws JsonProcessingException {
        var patch = patch("{\"name\": null}");
        assertThrows(ConstraintViolationException.class, () -> patch.on(BEFORE));
    }

    @Test
    void an_unknown_field_is_named() throws JsonProcessingException {
        var patch = patch("{\"orgId\": 1}");
        var problem = assertThrows(Problem.class, () -> patch.on(BEFORE));
        assertEquals("unknown_field", problem.type());
        assertEquals("orgId", problem.errors().get(0).field());
    }

    @Test
    void it_tells_which_fields_it_speaks_of() throws JsonProcessingException {
        assertTrue(patch("{\"note\": null}").names("note"));
        assertFalse(patch("{}").names("note"));
    }

    @Test
    void fields_that_a_role_may_not_change_are_named() throws JsonProcessingException {
        patch("{}").requireOnly(Set.of());
        patch("{\"note\": null}").requireOnly(Set.of("note"));
        var patch = patch("{\"name\": null, \"note\": \"x\", \"a\\u0000b\": {}}");
        var problem = assertThrows(Problem.class, () -> patch.requireOnly(Set.of("note")));
        assertEquals(403, problem.status());
        assertEquals("forbidden", problem.type());
        var fields = problem.errors().stream().map(Problem.FieldError::field).toList();
        assertEquals(2, fields.size());
        assertEquals("name", fields.get(0));
        assertFalse(fields.get(1).contains("\u0000"));
    }

    @Test
    void no_answer_names_endlessly_many_fields() throws JsonProcessingException {
        var fields = IntStream.range(0, 1_000)
                .mapToObj(i -> "\"" + "x".repeat(500) + i + "\": 1")
                .collect(Collectors.joining(",", "{", "}"));
        var patch = patch(fields);
        var problem = assertThrows(Problem.class, () -> patch.requireOnly(Set.of()));
        assertEquals(100, problem.errors().size());
        assertTrue(problem.errors().get(0).field().length() < 500);
    }
}
