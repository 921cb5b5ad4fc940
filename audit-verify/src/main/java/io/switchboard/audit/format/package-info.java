/** The formats of docs/audit-format.md: leaves and their private parts, trees and proofs, signed notes, exports and the journal. */
@NullMarked
package io.switchboard.audit.format;

import org.jspecify.annotations.NullMarked;
