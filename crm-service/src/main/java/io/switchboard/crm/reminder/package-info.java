/** Reminders of appointments: planned when one is booked or moved, sent as notifications. */
@NullMarked
package io.switchboard.crm.reminder;

import org.jspecify.annotations.NullMarked;
