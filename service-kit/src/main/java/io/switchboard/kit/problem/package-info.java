/** Refusals and faults as RFC 9457 problem documents. */
@NullMarked
package io.switchboard.kit.problem;

import org.jspecify.annotations.NullMarked;
