package io.switchboard.voice.answer;

import org.jspecify.annotations.Nullable;

/**
 * What crm-service knows of the other party of a call that begins.
 *
 * @param isBlocked whether calls of theirs are declined
 * @param nextAppointment as it is spoken of
 * @param openTickets how many are not settled; null for an unknown contact
 */
record ContactContext(
        @Nullable String name,
        boolean isBlocked,
        @Nullable String nextAppointment,
        @Nullable Integer openTickets) {
    static final ContactContext UNKNOWN = new ContactContext(null, false, null, null);
}
