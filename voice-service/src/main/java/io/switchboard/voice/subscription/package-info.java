/** Webhook subscriptions: where an organization's own systems are sent events, which, and what became of each. */
@NullMarked
package io.switchboard.voice.subscription;

import org.jspecify.annotations.NullMarked;
