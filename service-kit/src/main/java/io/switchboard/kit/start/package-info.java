/** Work at startup. */
@NullMarked
package io.switchboard.kit.start;

import org.jspecify.annotations.NullMarked;
