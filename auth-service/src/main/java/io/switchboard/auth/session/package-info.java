/** Signed-in users: tokens at sign-in, their refresh, and the list of sessions. */
@NullMarked
package io.switchboard.auth.session;

import org.jspecify.annotations.NullMarked;
