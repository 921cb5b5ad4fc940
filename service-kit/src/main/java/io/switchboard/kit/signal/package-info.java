/** Wakes workers across replicas by LISTEN and NOTIFY. */
@NullMarked
package io.switchboard.kit.signal;

import org.jspecify.annotations.NullMarked;
