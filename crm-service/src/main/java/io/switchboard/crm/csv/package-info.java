/** Files of comma-separated values: their columns, and cells that spreadsheets do not take for formulas. */
@NullMarked
package io.switchboard.crm.csv;

import org.jspecify.annotations.NullMarked;
