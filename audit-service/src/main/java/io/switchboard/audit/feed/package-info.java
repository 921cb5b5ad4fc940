/** The sealed records in their order, for systems that follow the log. */
@NullMarked
package io.switchboard.audit.feed;

import org.jspecify.annotations.NullMarked;
