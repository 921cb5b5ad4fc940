package io.switchboard.kit.outgoing;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * What a tenant's URL answered, whatever its status; redirects are not followed.
 *
 * @param body its beginning
 */
public record OutgoingAnswer(int status, MultiMap headers, Buffer body) {}
