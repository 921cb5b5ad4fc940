/** Vapi's deliveries: signature, names, and what each message tells of a call. */
@NullMarked
package io.switchboard.voice.provider.vapi;

import org.jspecify.annotations.NullMarked;
