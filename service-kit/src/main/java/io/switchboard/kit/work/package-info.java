/** Work that is claimed from the database and run in the background. */
@NullMarked
package io.switchboard.kit.work;

import org.jspecify.annotations.NullMarked;
