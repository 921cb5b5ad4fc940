/** Organizations and their settings. */
@NullMarked
package io.switchboard.auth.organization;

import org.jspecify.annotations.NullMarked;
