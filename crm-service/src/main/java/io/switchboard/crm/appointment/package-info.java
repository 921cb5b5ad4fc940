/** Appointments of contacts, and the rules by which an organization takes bookings. */
@NullMarked
package io.switchboard.crm.appointment;

import org.jspecify.annotations.NullMarked;
