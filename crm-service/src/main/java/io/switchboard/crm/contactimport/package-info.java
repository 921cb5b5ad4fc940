/** Imports of contacts from CSV files. */
@NullMarked
package io.switchboard.crm.contactimport;

import org.jspecify.annotations.NullMarked;
