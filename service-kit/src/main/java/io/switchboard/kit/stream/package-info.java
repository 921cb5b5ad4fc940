/** Live events over HTTP: server-sent events, woken by commits, read from the database once for all who listen. */
@NullMarked
package io.switchboard.kit.stream;

import org.jspecify.annotations.NullMarked;
