package io.switchboard.crm.contactimport;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** How far an import has come. A failed one stopped on the way; rows that were refused fail none. */
public enum ImportStatus {
    QUEUED,
    RUNNING,
    COMPLETED,
    FAILED;

    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }

    boolean isEnd() {
        return this == COMPLETED || this == FAILED;
    }
}
