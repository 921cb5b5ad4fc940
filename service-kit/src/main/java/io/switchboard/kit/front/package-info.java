/** Runs before HTTP is decoded, and limits the connections, bytes and time that clients take of a service. */
@NullMarked
package io.switchboard.kit.front;

import org.jspecify.annotations.NullMarked;
