package io.switchboard.kit.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.Problems;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A JSON Merge Patch (RFC 7396) to the form {@code T}: absent fields keep their values, null removes one. */
@Schema(
        description = "A JSON Merge Patch (RFC 7396): absent fields stay, null removes.",
        type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)
public final class MergePatch<T> {
    @Schema(hidden = true)
    private final ObjectNode patch;

    @Schema(hidden = true)
    private final Class<T> form;

    @Schema(hidden = true)
    private final ObjectMapper json;

    @Schema(hidden = true)
    private final Validator validator;

    MergePatch(ObjectNode patch, Class<T> form, ObjectMapper json, Validator validator) {
        this.patch = patch;
        this.form = form;
        this.json = json;
        this.validator = validator;
    }

    /** Whether the patch speaks of the field at all. */
    public boolean names(String field) {
        return patch.has(field);
    }

    /** Fails with {@code forbidden}, which lists the others, unless the patch speaks of no other fields than these. */
    public void requireOnly(Set<String> allowed) {
        var others = patch.properties().stream()
                .map(Map.Entry::getKey)
                .filter(field -> !allowed.contains(field))
                .toList();
        if (!others.isEmpty()) {
            throw Problem.forbiddenFields(others);
        }
    }

    /** The form as patched and valid. Fails with {@code unknown_field}, {@code malformed_field} or {@code invalid}. */
    public T on(T current) {
        var patched = merged(json.valueToTree(current), patch);
        T result;
        try {
            result = json.treeToValue(patched, form);
        } catch (JsonProcessingException e) {
            throw Problems.of(e);
        }
        var violations = validator.validate(result);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return result;
    }

    private static JsonNode merged(JsonNode target, ObjectNode patch) {
        var result = target instanceof ObjectNode object ? object : patch.objectNode();
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                result.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode nested) {
                var before = result.get(field.getKey());
                result.set(field.getKey(), merged(before == null ? patch.objectNode() : before, nested));
            } else {
                result.set(field.getKey(), field.getValue());
            }
        });
        return result;
    }
}
