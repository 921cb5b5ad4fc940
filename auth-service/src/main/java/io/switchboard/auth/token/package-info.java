/** Access tokens and the keys that sign them, opaque tokens, and refresh tokens with their families. */
@NullMarked
package io.switchboard.auth.token;

import org.jspecify.annotations.NullMarked;
