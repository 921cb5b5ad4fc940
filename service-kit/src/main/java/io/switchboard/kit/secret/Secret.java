package io.switchboard.kit.secret;

import com.fasterxml.jackson.annotation.JsonIgnoreType;

/** A value that must not be printed: its text form is masked, and JSON leaves it out. */
@JsonIgnoreType
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Also the converter that configuration uses. */
    public static Secret valueOf(String value) {
        return new Secret(value);
    }

    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
