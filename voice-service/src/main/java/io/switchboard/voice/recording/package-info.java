/** Recordings of calls, fetched afresh from their provider with the organization's own API key. */
@NullMarked
package io.switchboard.voice.recording;

import org.jspecify.annotations.NullMarked;
