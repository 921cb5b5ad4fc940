package io.switchboard.crm.contacterasure;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** How far an erasure is. */
public enum ErasureStatus {
    RUNNING,
    COMPLETED;

    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
