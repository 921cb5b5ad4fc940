/** The times that an organization can be booked. */
@NullMarked
package io.switchboard.crm.availability;

import org.jspecify.annotations.NullMarked;
