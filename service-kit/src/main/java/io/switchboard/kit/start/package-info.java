/** Work that a service does when it starts. */
@NullMarked
package io.switchboard.kit.start;

import org.jspecify.annotations.NullMarked;
