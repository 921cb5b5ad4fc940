package io.switchboard.audit.integrity;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** What is wrong with a record. */
public enum BreakReason {
    /** It is not what was sealed. */
    CHANGED,
    /** It was sealed and is gone. */
    MISSING,
    /** It was added behind the service's back, among records that were sealed. */
    ADDED,
    /** It is in another organization, or in another place of the order of recording. */
    MOVED,
    /** The tree does not have the root that was signed. */
    CHECKPOINT;

    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
