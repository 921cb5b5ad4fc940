/** The people of an organization who serve its customers. */
@NullMarked
package io.switchboard.crm.staff;

import org.jspecify.annotations.NullMarked;
