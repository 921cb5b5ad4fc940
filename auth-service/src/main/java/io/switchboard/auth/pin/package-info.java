/** PINs of clients: how they are made, checked, assigned, and signing in by them. */
@NullMarked
package io.switchboard.auth.pin;

import org.jspecify.annotations.NullMarked;
