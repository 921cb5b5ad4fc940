/** Texts that staff answer with, filled in for a ticket or a contact, and macros that change a ticket along with them. */
@NullMarked
package io.switchboard.crm.template;

import org.jspecify.annotations.NullMarked;
