/** People of an organization, and how they are invited. */
@NullMarked
package io.switchboard.auth.user;

import org.jspecify.annotations.NullMarked;
