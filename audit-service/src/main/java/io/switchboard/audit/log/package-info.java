/** Reading the log: by filters and by record; each reading is recorded. */
@NullMarked
package io.switchboard.audit.log;

import org.jspecify.annotations.NullMarked;
