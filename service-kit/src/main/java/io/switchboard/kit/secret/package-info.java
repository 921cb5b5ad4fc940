/** Keys that live outside the database, and what is made with them. */
@NullMarked
package io.switchboard.kit.secret;

import org.jspecify.annotations.NullMarked;
