/** Operators of the platform: the first one, and their second factor. */
@NullMarked
package io.switchboard.auth.operator;

import org.jspecify.annotations.NullMarked;
