/** Applies a service's changelog as its owner role, in a process that serves nothing. */
@NullMarked
package io.switchboard.kit.migrate;

import org.jspecify.annotations.NullMarked;
