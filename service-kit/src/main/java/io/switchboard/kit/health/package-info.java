/** Answers to the probes. */
@NullMarked
package io.switchboard.kit.health;

import org.jspecify.annotations.NullMarked;
