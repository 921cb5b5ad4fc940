package io.switchboard.voice.agent;

import com.fasterxml.jackson.annotation.JsonValue;
import io.switchboard.kit.http.EnumParam;
import java.util.List;

/** What a voice agent may ask for during a call, by the names that providers call. */
public enum AgentTool {
    LOOKUP_CONTACT,
    UPSERT_CONTACT,
    CHECK_AVAILABILITY,
    BOOK_APPOINTMENT,
    SEARCH_KNOWLEDGE,
    OPEN_TICKET,
    RESCHEDULE_APPOINTMENT,
    CANCEL_APPOINTMENT;

    public static final List<AgentTool> ALL = List.of(values());

    @JsonValue
    public String wire() {
        return EnumParam.wire(this);
    }
}
