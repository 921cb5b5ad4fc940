/** Sessions of clients, for the client and for the admins of its organization. */
@NullMarked
package io.switchboard.auth.clientsession;

import org.jspecify.annotations.NullMarked;
