/** The organization's own phone numbers, and whose calls to them are. */
@NullMarked
package io.switchboard.voice.number;

import org.jspecify.annotations.NullMarked;
