package io.switchboard.voice.tool;

import io.switchboard.kit.http.EnumParam;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tool that an assistant may use during a call; crm-service does the work. */
enum AssistantTool {
    LOOKUP_CONTACT,
    UPSERT_CONTACT, // the same again changes nothing
    CHECK_AVAILABILITY,
    SEARCH_KNOWLEDGE,
    BOOK_APPOINTMENT(
            Field.phone("phone"),
            Field.text("name"),
            Field.text("serviceType"),
            Field.time("scheduledAt"),
            Field.minutes("durationMinutes")),
    RESCHEDULE_APPOINTMENT(
            Field.text("appointmentId"), Field.time("scheduledAt"), Field.minutes("durationMinutes")),
    CANCEL_APPOINTMENT(Field.text("appointmentId")),
    OPEN_TICKET(Field.phone("phone"), Field.text("title"), Field.text("description"));

    /** How two spellings of a value are told to be the same. */
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

    record Field(String name, Kind kind) {
        private static Field phone(String name) {
            return new Field(name, Kind.PHONE);
        }

        private static Field time(String name) {
            return new Field(name, Kind.TIME);
        }

        private static Field minutes(String name) {
            return new Field(name, Kind.MINUTES);
        }

        private static Field text(String name) {
            return new Field(name, Kind.TEXT);
        }
    }

    private final List<Field> meaning;

    AssistantTool(Field... meaning) {
        this.meaning = List.of(meaning);
    }

    /** Null for an unknown one. */
    static @Nullable AssistantTool named(String name) {
        return Arrays.stream(values())
                .filter(tool -> tool.wire().equals(name))
                .findFirst()
                .orElse(null);
    }

    String wire() {
        return EnumParam.wire(this);
    }

    /** By what two uses in one call are the same; none where a repeated use does no harm, and may have another answer. */
    List<Field> meaning() {
        return meaning;
    }

    /** The tools whose earlier uses in the call may be repeated once this one has done its work. */
    List<AssistantTool> outdates() {
        return this == RESCHEDULE_APPOINTMENT || this == CANCEL_APPOINTMENT
                ? List.of(BOOK_APPOINTMENT, RESCHEDULE_APPOINTMENT, CANCEL_APPOINTMENT)
                : List.of();
    }
}
