/** Signed checkpoints of the organizations' trees, and the journal that takes them and the leaf hashes out of the database. */
@NullMarked
package io.switchboard.audit.checkpoint;

import org.jspecify.annotations.NullMarked;
