/** The people an organization talks to, and how far each has come as a lead. */
@NullMarked
package io.switchboard.crm.contact;

import org.jspecify.annotations.NullMarked;
