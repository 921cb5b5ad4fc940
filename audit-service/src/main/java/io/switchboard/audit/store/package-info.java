/** Where audit records leave the database: a directory or an S3-compatible store. */
@NullMarked
package io.switchboard.audit.store;

import org.jspecify.annotations.NullMarked;
