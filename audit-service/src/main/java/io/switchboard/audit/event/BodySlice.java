package io.switchboard.audit.event;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * The part of a batch that goes to the database at once.
 *
 * @param events a JSON array in UTF-8
 * @param places the index in the batch of each event
 */
record BodySlice(Buffer events, List<Integer> places, boolean isLast) {}
