/** What every operation has in common on the wire: pages, merge patches, entity tags, idempotency keys, request ids. */
@NullMarked
package io.switchboard.kit.http;

import org.jspecify.annotations.NullMarked;
