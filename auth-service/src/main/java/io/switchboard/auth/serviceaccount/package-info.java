/** The services' own accounts and the tokens they call each other with. */
@NullMarked
package io.switchboard.auth.serviceaccount;

import org.jspecify.annotations.NullMarked;
