/** Telnyx's deliveries: signature, names, and what each event and callback tells of a call. */
@NullMarked
package io.switchboard.voice.provider.telnyx;

import org.jspecify.annotations.NullMarked;
