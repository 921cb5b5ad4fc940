/** Sealing: records become leaves of their organization's Merkle tree, in the order in which they were recorded. */
@NullMarked
package io.switchboard.audit.seal;

import org.jspecify.annotations.NullMarked;
