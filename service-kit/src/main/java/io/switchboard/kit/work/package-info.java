/** Work that no request does itself: claimed from the database and run in the background, or taken to other threads. */
@NullMarked
package io.switchboard.kit.work;

import org.jspecify.annotations.NullMarked;
