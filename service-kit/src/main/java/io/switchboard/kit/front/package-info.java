/** What stands before HTTP itself: how many connections, bytes and how much time clients may take of a service. */
@NullMarked
package io.switchboard.kit.front;

import org.jspecify.annotations.NullMarked;
