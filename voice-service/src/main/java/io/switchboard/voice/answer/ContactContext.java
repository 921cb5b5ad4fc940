package io.switchboard.voice.answer;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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

    /** All of them always, since a prompt would show the name of one that is missing. */
    Map<String, String> variables(@Nullable OffsetDateTime lastCallAt) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("contactName", Objects.toString(name, ""));
        variables.put(
                "lastCallAt", lastCallAt == null ? "" : lastCallAt.toInstant().toString());
        variables.put("nextAppointment", Objects.toString(nextAppointment, ""));
        variables.put("openTickets", Objects.toString(openTickets, ""));
        return variables;
    }
}
