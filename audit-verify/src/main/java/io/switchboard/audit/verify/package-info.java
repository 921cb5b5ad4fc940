/** Verifies exports and proofs of the audit log without a service, a database or a network. */
@NullMarked
package io.switchboard.audit.verify;

import org.jspecify.annotations.NullMarked;
