/** Clients: the customers of an organization that sign in by PIN. */
@NullMarked
package io.switchboard.auth.client;

import org.jspecify.annotations.NullMarked;
