/** Whether what is kept is what was sealed. */
@NullMarked
package io.switchboard.audit.integrity;

import org.jspecify.annotations.NullMarked;
