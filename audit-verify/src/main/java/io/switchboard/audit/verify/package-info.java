/** The public formats of the audit log, and a verifier of them that needs no service, database or network. */
@NullMarked
package io.switchboard.audit.verify;

import org.jspecify.annotations.NullMarked;
