/** Tickets are handed to people and teams. */
@NullMarked
package io.switchboard.crm.assignment;

import org.jspecify.annotations.NullMarked;
