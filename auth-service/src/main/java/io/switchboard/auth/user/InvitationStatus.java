package io.switchboard.auth.user;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The status of an invitation; all but pending are final. */
public enum InvitationStatus {
    PENDING,
    ACCEPTED,
    REVOKED,
    EXPIRED;

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static InvitationStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
