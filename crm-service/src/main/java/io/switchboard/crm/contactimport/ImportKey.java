package io.switchboard.crm.contactimport;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** What tells whether a contact of a file is known already. */
public enum ImportKey {
    PHONE,
    EMAIL;

    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
