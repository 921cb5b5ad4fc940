/** Vonage's deliveries: signed tokens, names, call events and answer requests. */
@NullMarked
package io.switchboard.voice.provider.vonage;

import org.jspecify.annotations.NullMarked;
