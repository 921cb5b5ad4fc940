package io.switchboard.crm.assignment;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;

/** How a team's ticket finds its agent. */
public enum AssignmentStrategy {
    /** The one with the fewest open tickets of those who are there and not full. */
    ROUND_ROBIN;

    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
