package io.switchboard.kit.outbox;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/**
 * A call that is owed to another service, for the caller's organization: made after the commit of the transaction that writes it down
 * ({@link Outbox#owe}), and repeated until the peer answers. It may arrive more than once, and after a later one: what it asks for is
 * idempotent. The peer sees the row's id as {@code X-Request-Id}, and a token of this service for the organization.
 *
 * <p>In SQL it is a row {@code insert into outbox (org_id, destination, event) values (org, 'voice-service',
 * jsonb_build_object('method', 'POST', 'path', '/internal/…', 'body', jsonb_build_object(…)))}. There,
 * an {@code 'idempotencyKey'} beside the body is sent as {@code Idempotency-Key}, for a peer's operation that takes one.
 *
 * @param peer such as {@code voice-service}; this service produces a {@link PeerSender} for it
 * @param path with its parameters encoded
 * @param body an object, empty if there is nothing to say
 */
public record PeerCall(String peer, HttpMethod method, String path, JsonObject body) {

    /** As {@link PeerSender} reads it. */
    JsonObject event() {
        return new JsonObject().put("method", method.name()).put("path", path).put("body", body);
    }
}
