/** Plivo's deliveries: signature, names, and what each request tells of a call. */
@NullMarked
package io.switchboard.voice.provider.plivo;

import org.jspecify.annotations.NullMarked;
