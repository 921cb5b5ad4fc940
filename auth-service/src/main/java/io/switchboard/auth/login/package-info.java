/** Signing up, in and out. */
@NullMarked
package io.switchboard.auth.login;

import org.jspecify.annotations.NullMarked;
