/** Stores providers' events and works on them: micro-batches, leases, retries, dead letters. */
@NullMarked
package io.switchboard.voice.inbox;

import org.jspecify.annotations.NullMarked;
