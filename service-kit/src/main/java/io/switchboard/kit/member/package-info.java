/** Copies of the members and settings of organizations, in the services that need them; auth-service has the originals. */
@NullMarked
package io.switchboard.kit.member;

import org.jspecify.annotations.NullMarked;
