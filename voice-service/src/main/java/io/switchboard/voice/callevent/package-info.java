/** What a provider's event tells of a call, in words that all providers share. */
@NullMarked
package io.switchboard.voice.callevent;

import org.jspecify.annotations.NullMarked;
