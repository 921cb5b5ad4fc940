/** Access keys: an organization's own machine credentials, good at the token endpoint in one role. */
@NullMarked
package io.switchboard.auth.accesskey;

import org.jspecify.annotations.NullMarked;
