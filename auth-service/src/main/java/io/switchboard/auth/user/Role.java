package io.switchboard.auth.user;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

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
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
