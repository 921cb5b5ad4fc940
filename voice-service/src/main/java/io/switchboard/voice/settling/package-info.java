/** Calls that stay open for longer than they may: their provider is asked what became of them. */
@NullMarked
package io.switchboard.voice.settling;

import org.jspecify.annotations.NullMarked;
