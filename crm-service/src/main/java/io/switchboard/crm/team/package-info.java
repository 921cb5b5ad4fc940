/** Teams of staff that tickets are handed to, and who is in them. */
@NullMarked
package io.switchboard.crm.team;

import org.jspecify.annotations.NullMarked;
