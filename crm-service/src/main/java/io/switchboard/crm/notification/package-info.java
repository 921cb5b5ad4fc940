/** Notifications: each belongs to one user. */
@NullMarked
package io.switchboard.crm.notification;

import org.jspecify.annotations.NullMarked;
