/** Access control: the access table, and the filter that checks every request against it. */
@NullMarked
package io.switchboard.kit.access;

import org.jspecify.annotations.NullMarked;
