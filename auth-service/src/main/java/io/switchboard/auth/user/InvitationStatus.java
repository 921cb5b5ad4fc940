package io.switchboard.auth.user;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** The status of an invitation; all but pending are final. */
public enum InvitationStatus {
    PENDING,
    ACCEPTED,
    REVOKED,
    EXPIRED;

    /** As on the wire and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }

    static InvitationStatus of(String wire) {
        return EnumParam.fromWire(InvitationStatus.class, wire);
    }
}
