/** Reads what is sealed: records by their sequence, and the hashes of their organization's tree. */
@NullMarked
package io.switchboard.audit.tree;

import org.jspecify.annotations.NullMarked;
