/** Retell AI's deliveries: signature, names, and what each event tells of a call. */
@NullMarked
package io.switchboard.voice.provider.retell;

import org.jspecify.annotations.NullMarked;
