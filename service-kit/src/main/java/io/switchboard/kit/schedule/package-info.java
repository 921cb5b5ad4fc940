/** Work that runs by the clock: clean-ups and other recurring tasks, in bounded steps. */
@NullMarked
package io.switchboard.kit.schedule;

import org.jspecify.annotations.NullMarked;
