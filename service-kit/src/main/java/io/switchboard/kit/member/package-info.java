/** A service's own copy of who belongs to an organization and how it works, pushed by auth-service. */
@NullMarked
package io.switchboard.kit.member;

import org.jspecify.annotations.NullMarked;
