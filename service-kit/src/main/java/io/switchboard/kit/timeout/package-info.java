/** Time-outs of many things at once. */
@NullMarked
package io.switchboard.kit.timeout;

import org.jspecify.annotations.NullMarked;
