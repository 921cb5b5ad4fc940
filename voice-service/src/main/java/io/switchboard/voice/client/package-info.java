/** Copies of PIN clients; auth-service has the originals. */
@NullMarked
package io.switchboard.voice.client;

import org.jspecify.annotations.NullMarked;
