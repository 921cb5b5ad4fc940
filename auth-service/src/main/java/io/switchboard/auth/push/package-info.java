/** Gives crm-service and voice-service the members and settings that they keep copies of. */
@NullMarked
package io.switchboard.auth.push;

import org.jspecify.annotations.NullMarked;
