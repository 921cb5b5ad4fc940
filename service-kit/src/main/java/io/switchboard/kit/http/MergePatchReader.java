package io.switchboard.kit.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.switchboard.kit.problem.Problem;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** Reads merge patches, also where they are sent as plain JSON. */
@Provider
@Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
public class MergePatchReader implements MessageBodyReader<MergePatch<?>> {
    private final ObjectMapper json;
    private final Validator validator;

    MergePatchReader(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == MergePatch.class;
    }

    @Override
    public MergePatch<?> readFrom(
            Class<MergePatch<?>> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        var tree = json.readTree(body);
        if (tree.isMissingNode()) {
            throw Problem.bodyMissing();
        }
        if (tree instanceof ObjectNode patch) {
            var form = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
            return new MergePatch<>(patch, form, json, validator);
        }
        throw Problem.badRequest("malformed_json", "A merge patch is a JSON object.");
    }
}
