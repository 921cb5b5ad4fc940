/** New users: founding an organization, and accepting an invitation. */
@NullMarked
package io.switchboard.auth.signup;

import org.jspecify.annotations.NullMarked;
