/** What the probes are told. */
@NullMarked
package io.switchboard.kit.health;

import org.jspecify.annotations.NullMarked;
