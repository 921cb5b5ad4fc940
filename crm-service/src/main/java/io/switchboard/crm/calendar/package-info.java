/** Appointments for calendar apps: as files, as parts of mails, and as feeds that apps subscribe to. */
@NullMarked
package io.switchboard.crm.calendar;

import org.jspecify.annotations.NullMarked;
