/** Who may do what: the access table, and the gate that holds every request against it. */
@NullMarked
package io.switchboard.kit.access;

import org.jspecify.annotations.NullMarked;
