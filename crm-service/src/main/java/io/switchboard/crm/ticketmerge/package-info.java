/** Two tickets about one matter become one. */
@NullMarked
package io.switchboard.crm.ticketmerge;

import org.jspecify.annotations.NullMarked;
