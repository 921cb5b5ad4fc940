/** What admins and operators see of users and organizations, with voice-service's figures. */
@NullMarked
package io.switchboard.auth.admin;

import org.jspecify.annotations.NullMarked;
