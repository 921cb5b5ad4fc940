/** Sends events to the systems that an organization has subscribed. */
@NullMarked
package io.switchboard.voice.delivery;

import org.jspecify.annotations.NullMarked;
