/** Signing in by password. */
@NullMarked
package io.switchboard.auth.login;

import org.jspecify.annotations.NullMarked;
