/** Figures of calls, which the database keeps up to date with each call. */
@NullMarked
package io.switchboard.voice.analytics;

import org.jspecify.annotations.NullMarked;
