/** What an assistant may do during a live call. */
@NullMarked
package io.switchboard.crm.tool;

import org.jspecify.annotations.NullMarked;
