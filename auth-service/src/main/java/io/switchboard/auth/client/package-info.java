/** PIN accounts: who holds one, signing in by it, and the sessions that come of it. */
@NullMarked
package io.switchboard.auth.client;

import org.jspecify.annotations.NullMarked;
