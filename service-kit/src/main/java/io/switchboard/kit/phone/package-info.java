/** Telephone numbers as callers and providers write them, in the one form that is compared. */
@NullMarked
package io.switchboard.kit.phone;

import org.jspecify.annotations.NullMarked;
