package io.switchboard.kit.outgoing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;

/**
 * A request to a tenant's URL.
 *
 * @param within time for all of it, from the look-up of the name to the head of the answer
 * @param mostBytes of the answer's body; the rest is not read
 */
public record OutgoingRequest(
        HttpMethod method, OutgoingUrl url, Map<String, String> headers, Buffer body, Duration within, int mostBytes) {}
