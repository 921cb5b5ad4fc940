/** The front door: what providers send, verified, named, kept, and told on in words that no provider owns. */
@NullMarked
package io.switchboard.voice.webhook;

import org.jspecify.annotations.NullMarked;
