/** Files of comma-separated values, with cells that spreadsheets do not take for formulas. */
@NullMarked
package io.switchboard.kit.csv;

import org.jspecify.annotations.NullMarked;
