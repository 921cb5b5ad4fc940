/** Events for other services: stored with the change itself, delivered afterwards, at least once. */
@NullMarked
package io.switchboard.kit.outbox;

import org.jspecify.annotations.NullMarked;
