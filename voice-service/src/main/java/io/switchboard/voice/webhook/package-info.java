/** The HTTP side of webhooks: the route that providers call and the endpoints that people manage. */
@NullMarked
package io.switchboard.voice.webhook;

import org.jspecify.annotations.NullMarked;
