/** How events come into the log: read out of a posted batch, checked one by one, recorded each once. */
@NullMarked
package io.switchboard.audit.event;

import org.jspecify.annotations.NullMarked;
