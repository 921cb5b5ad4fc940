/** Calls to the other services: tokens, time-outs, circuit breakers. */
@NullMarked
package io.switchboard.kit.peer;

import org.jspecify.annotations.NullMarked;
