/** Tickets of customers and contacts, and the messages on them. */
@NullMarked
package io.switchboard.crm.ticket;

import org.jspecify.annotations.NullMarked;
