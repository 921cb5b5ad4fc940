/** Published articles by their meaning: chunks, their vectors, and the models that make these. */
@NullMarked
package io.switchboard.crm.embedding;

import org.jspecify.annotations.NullMarked;
