/** Mails that tell contacts of their appointments, with a calendar file. */
@NullMarked
package io.switchboard.crm.confirmation;

import org.jspecify.annotations.NullMarked;
