/** The second factor: codes of an authenticator app (RFC 6238), and recovery codes for when it is lost. */
@NullMarked
package io.switchboard.auth.totp;

import org.jspecify.annotations.NullMarked;
