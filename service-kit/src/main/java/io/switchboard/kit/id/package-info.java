/** How ids are made. */
@NullMarked
package io.switchboard.kit.id;

import org.jspecify.annotations.NullMarked;
