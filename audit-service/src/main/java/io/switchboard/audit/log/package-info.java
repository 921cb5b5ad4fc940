/** The log as it is read: by filters, by record, and each reading itself written down. */
@NullMarked
package io.switchboard.audit.log;

import org.jspecify.annotations.NullMarked;
