/** Calls as they happen, for those who listen. */
@NullMarked
package io.switchboard.voice.callstream;

import org.jspecify.annotations.NullMarked;
