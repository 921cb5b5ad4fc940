/** Files of comma-separated values as they are read: their columns and lists in cells. */
@NullMarked
package io.switchboard.crm.csv;

import org.jspecify.annotations.NullMarked;
