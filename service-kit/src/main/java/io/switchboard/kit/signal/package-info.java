/** Waking what waits for rows: LISTEN and NOTIFY across replicas. */
@NullMarked
package io.switchboard.kit.signal;

import org.jspecify.annotations.NullMarked;
