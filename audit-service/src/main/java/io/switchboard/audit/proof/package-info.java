/** Proofs that a record is in its organization's signed tree. */
@NullMarked
package io.switchboard.audit.proof;

import org.jspecify.annotations.NullMarked;
