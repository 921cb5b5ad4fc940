/** Deliveries in the form of Standard Webhooks, for platforms without an adapter of their own. */
@NullMarked
package io.switchboard.voice.provider.standard;

import org.jspecify.annotations.NullMarked;
