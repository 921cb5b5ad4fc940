package io.switchboard.audit.event;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * As much of a batch as goes to the database at once.
 *
 * @param events a JSON array in UTF-8
 * @param places for each event of it, its index in the batch
 */
record BodySlice(Buffer events, List<Integer> places, boolean isLast) {}
