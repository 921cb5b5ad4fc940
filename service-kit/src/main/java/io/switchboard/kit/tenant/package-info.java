/** The one door to the database: it opens the transaction and names the tenant first. */
@NullMarked
package io.switchboard.kit.tenant;

import org.jspecify.annotations.NullMarked;
