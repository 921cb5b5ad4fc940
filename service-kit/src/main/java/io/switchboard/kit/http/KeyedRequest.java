package io.switchboard.kit.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** A POST with an Idempotency-Key: what makes it the same request as another one, and the answer that is kept for it. */
public final class KeyedRequest {
    private static final String NAME = KeyedRequest.class.getName();

    private final String key;
    private final String path;
    private final @Nullable String query;
    private final int declaredStatus;
    private Buffer body = Buffer.buffer();
    private boolean isKept = true;
    private @Nullable Object entity;
    private @Nullable KeptAnswer answer;

    /** @param declaredStatus of the resource method; 0 if it declares none */
    KeyedRequest(String key, String path, @Nullable String query, int declaredStatus) {
        this.key = key;
        this.path = path;
        this.query = query;
        this.declaredStatus = declaredStatus;
    }

    /** Null if the request has no key, or is no POST. */
    public static @Nullable KeyedRequest of(RoutingContext context) {
        return context.get(NAME);
    }

    /**
     * The answer to this request is not kept under its key: the same request again does the work again. For an answer that tells
     * of a failure with a status of 2xx.
     */
    public static void doNotKeep(RoutingContext context) {
        var request = of(context);
        if (request != null) {
            request.isKept = false;
        }
    }

    void putInto(RoutingContext context) {
        context.put(NAME, this);
    }

    void readBody(byte[] bytes) {
        body = Buffer.buffer(bytes);
    }

    /** Writes the answer that the result of the transaction stands for. It is what will be sent. */
    public KeptAnswer answer(@Nullable Object result, ObjectMapper json) {
        entity = KeptAnswer.entity(result);
        answer = KeptAnswer.of(this, result, json);
        return answer;
    }

    /** All that must be equal in a repeated request. */
    public byte[] content() {
        return Buffer.buffer("POST " + path + "?" + (query == null ? "" : query) + "\n")
                .appendBuffer(body)
                .getBytes();
    }

    public String key() {
        return key;
    }

    public boolean isKept() {
        return isKept;
    }

    String path() {
        return path;
    }

    int declaredStatus() {
        return declaredStatus;
    }

    @Nullable
    Object entity() {
        return entity;
    }

    @Nullable
    KeptAnswer answer() {
        return answer;
    }
}
