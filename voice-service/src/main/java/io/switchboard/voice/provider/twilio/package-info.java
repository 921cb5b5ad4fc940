/** Twilio's deliveries: signature over the URL, names, status callbacks and event streams. */
@NullMarked
package io.switchboard.voice.provider.twilio;

import org.jspecify.annotations.NullMarked;
