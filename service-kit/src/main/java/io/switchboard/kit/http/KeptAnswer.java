package io.switchboard.kit.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it goes out: it can be written before the transaction commits, and sent again later.
 *
 * @param body JSON; null if the answer has none
 */
public record KeptAnswer(int status, Map<String, List<String>> headers, byte @Nullable [] body) {
    private static final String JSON = "application/json;charset=UTF-8";

    /** What REST makes of the result of a resource method. */
    static KeptAnswer of(KeyedRequest request, @Nullable Object result, ObjectMapper json) {
        var headers = new LinkedHashMap<String, List<String>>();
        if (result instanceof RestResponse<?> response) {
            headers.putAll(response.getStringHeaders());
        }
        var entity = entity(result);
        var status = status(request, result);
        if (entity instanceof Versioned thing) {
            Versioned.headers(thing, status, "POST", request.path())
                    .forEach((name, value) -> headers.putIfAbsent(name, List.of(value)));
        }
        if (entity == null) {
            return new KeptAnswer(status, headers, null);
        }
        headers.put(HttpHeaders.CONTENT_TYPE, List.of(JSON));
        return new KeptAnswer(status, headers, written(entity, json));
    }

    /** What the result of a resource method shows. */
    public static @Nullable Object entity(@Nullable Object result) {
        return result instanceof RestResponse<?> response ? response.getEntity() : result;
    }

    public static KeptAnswer read(byte[] kept, ObjectMapper json) {
        try {
            return json.readValue(kept, KeptAnswer.class);
        } catch (IOException e) {
            throw new IllegalStateException("A kept answer cannot be read", e);
        }
    }

    public byte[] written(ObjectMapper json) {
        return written(this, json);
    }

    public Response response() {
        var response = Response.status(status).entity(body);
        headers.forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        return response.build();
    }

    private static int status(KeyedRequest request, @Nullable Object result) {
        if (result instanceof RestResponse<?> response) {
            return response.getStatus();
        }
        if (request.declaredStatus() != 0) {
            return request.declaredStatus();
        }
        return result == null ? 204 : 200;
    }

    private static byte[] written(Object value, ObjectMapper json) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer cannot be written as JSON", e);
        }
    }
}
