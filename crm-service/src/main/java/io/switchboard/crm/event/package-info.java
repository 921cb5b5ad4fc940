/**
 * Webhooks out: which events voice-service wants for an organization. The events themselves are owed to it by triggers, see {@code
 * db/event}.
 */
@NullMarked
package io.switchboard.crm.event;

import org.jspecify.annotations.NullMarked;
