/** Calls: built from providers' events, listed for people, and their effects on crm-service. */
@NullMarked
package io.switchboard.voice.call;

import org.jspecify.annotations.NullMarked;
