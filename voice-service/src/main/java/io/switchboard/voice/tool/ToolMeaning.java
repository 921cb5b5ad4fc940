package io.switchboard.voice.tool;

import io.switchboard.voice.agent.AgentTool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By what two uses of a tool in one call are the same. */
final class ToolMeaning {
    private static final List<Field> BOOKING = List.of(
            new Field("phone", Kind.PHONE),
            new Field("name", Kind.TEXT),
            new Field("serviceType", Kind.TEXT),
            new Field("scheduledAt", Kind.TIME),
            new Field("durationMinutes", Kind.MINUTES));
    private static final List<Field> MOVE = List.of(
            new Field("appointmentId", Kind.TEXT),
            new Field("scheduledAt", Kind.TIME),
            new Field("durationMinutes", Kind.MINUTES));
    private static final List<Field> CANCELLATION = List.of(new Field("appointmentId", Kind.TEXT));
    private static final List<Field> TICKET =
            List.of(new Field("phone", Kind.PHONE), new Field("title", Kind.TEXT), new Field("description", Kind.TEXT));

    private ToolMeaning() {}

    /** How two spellings of a value are found to be the same. */
    enum Kind {
        /** By its E.164 form. */
        PHONE,
        /** By the instant. */
        TIME,
        /** By their number. */
        MINUTES,
        /** Without case and repeated blanks. */
        TEXT
    }

    record Field(String name, Kind kind) {}

    /** Empty where a repeated use does no harm, and may have another answer. */
    static List<Field> fields(AgentTool tool) {
        return switch (tool) {
            case BOOK_APPOINTMENT -> BOOKING;
            case RESCHEDULE_APPOINTMENT -> MOVE;
            case CANCEL_APPOINTMENT -> CANCELLATION;
            case OPEN_TICKET -> TICKET;
            case LOOKUP_CONTACT, UPSERT_CONTACT, CHECK_AVAILABILITY, SEARCH_KNOWLEDGE -> List.of();
        };
    }

    /** The tools whose earlier uses in the call may be repeated once this one has done its work. */
    static List<AgentTool> outdated(AgentTool tool) {
        return tool == AgentTool.RESCHEDULE_APPOINTMENT || tool == AgentTool.CANCEL_APPOINTMENT
                ? List.of(AgentTool.BOOK_APPOINTMENT, AgentTool.RESCHEDULE_APPOINTMENT, AgentTool.CANCEL_APPOINTMENT)
                : List.of();
    }

    /** Null for an unknown one. */
    static @Nullable AgentTool tool(String name) {
        return AgentTool.ALL.stream()
                .filter(tool -> tool.wire().equals(name))
                .findFirst()
                .orElse(null);
    }
}
