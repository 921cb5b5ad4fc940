/** Calls: what the providers' events add up to, and what follows from it. */
@NullMarked
package io.switchboard.voice.call;

import org.jspecify.annotations.NullMarked;
