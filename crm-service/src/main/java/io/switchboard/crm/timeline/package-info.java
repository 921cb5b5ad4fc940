/** What happened with a contact, from several sources in one list. */
@NullMarked
package io.switchboard.crm.timeline;

import org.jspecify.annotations.NullMarked;
