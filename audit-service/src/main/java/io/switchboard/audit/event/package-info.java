/** Recording events: read from a posted batch, checked one by one, recorded once each. */
@NullMarked
package io.switchboard.audit.event;

import org.jspecify.annotations.NullMarked;
