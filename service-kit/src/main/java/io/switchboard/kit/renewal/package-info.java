/** Renewal of the master key: stored secrets are encrypted anew under the newest one. */
@NullMarked
package io.switchboard.kit.renewal;

import org.jspecify.annotations.NullMarked;
