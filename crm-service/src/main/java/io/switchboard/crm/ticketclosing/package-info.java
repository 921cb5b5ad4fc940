/** Tickets that stay resolved are closed. */
@NullMarked
package io.switchboard.crm.ticketclosing;

import org.jspecify.annotations.NullMarked;
