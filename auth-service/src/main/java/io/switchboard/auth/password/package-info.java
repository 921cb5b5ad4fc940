/** How passwords are hashed, checked and chosen. */
@NullMarked
package io.switchboard.auth.password;

import org.jspecify.annotations.NullMarked;
