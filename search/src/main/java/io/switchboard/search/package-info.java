/** Search by meaning: texts are cut, turned into vectors, compared, and joined with what a search by words finds. */
@NullMarked
package io.switchboard.search;

import org.jspecify.annotations.NullMarked;
