/** What every request has: its id, its trace, and the address it comes from. */
@NullMarked
package io.switchboard.kit.request;

import org.jspecify.annotations.NullMarked;
