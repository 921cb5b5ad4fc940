/** HTTP to URLs that tenants give: public addresses only. */
@NullMarked
package io.switchboard.kit.outgoing;

import org.jspecify.annotations.NullMarked;
