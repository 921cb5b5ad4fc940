/** Calls: built from providers' events, and their effects on crm-service. */
@NullMarked
package io.switchboard.voice.call;

import org.jspecify.annotations.NullMarked;
