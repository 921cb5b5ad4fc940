/** Work that burns processor time, kept off the event loops. */
@NullMarked
package io.switchboard.auth.work;

import org.jspecify.annotations.NullMarked;
