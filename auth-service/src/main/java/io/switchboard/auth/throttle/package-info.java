/** Limits on attempts, shared by all replicas. */
@NullMarked
package io.switchboard.auth.throttle;

import org.jspecify.annotations.NullMarked;
