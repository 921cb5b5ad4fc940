package io.switchboard.auth.user;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** What a user may do in an organization; operators are users of the platform's own. */
public enum Role {
    ADMIN,
    AGENT,
    USER,
    ENTERPRISE,
    CUSTOMER,
    PLATFORM_ADMIN;

    /** As on the wire, in tokens and in the database. */
    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }

    public static Role of(String wire) {
        return EnumParam.fromWire(Role.class, wire);
    }
}
