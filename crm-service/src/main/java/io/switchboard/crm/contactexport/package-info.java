/** The export of contacts as a CSV file. */
@NullMarked
package io.switchboard.crm.contactexport;

import org.jspecify.annotations.NullMarked;
