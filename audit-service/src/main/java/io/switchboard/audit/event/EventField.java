package io.switchboard.audit.event;

import io.switchboard.kit.text.CleanText;
import io.switchboard.kit.value.Times;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of an event, and what each may hold. Indexed texts are short enough for an index. */
enum EventField {
    ID("id", true, EventField::uuid),
    ORG_ID("orgId", true, EventField::uuid),
    OCCURRED_AT("occurredAt", true, EventField::time),
    ACTOR_ID("actorId", false, text(400)),
    ACTOR_TYPE("actorType", true, oneOf("user", "client", "service", "system")),
    ACTION("action", true, text(100)),
    RESOURCE_TYPE("resourceType", true, text(100)),
    RESOURCE_ID("resourceId", false, text(400)),
    SERVICE("service", true, text(100)),
    OLD_DATA("oldData", false, null),
    NEW_DATA("newData", false, null),
    IP_ADDRESS("ipAddress", false, text(100)),
    USER_AGENT("userAgent", false, text(16_384)),
    REQUEST_ID("requestId", false, text(400)),
    OUTCOME("outcome", true, oneOf("success", "failure"));

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Map<String, EventField> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(field -> field.wire, Function.identity()));
    private static final List<EventField> REQUIRED =
            Arrays.stream(values()).filter(field -> field.isRequired).toList();

    private final String wire;
    private final boolean isRequired;

    @Nullable
    private final UnaryOperator<String> form; // null: a JSON object

    EventField(String wire, boolean isRequired, @Nullable UnaryOperator<String> form) {
        this.wire = wire;
        this.isRequired = isRequired;
        this.form = form;
    }

    static EventField named(String wire) {
        var field = BY_NAME.get(wire);
        if (field == null) {
            throw new InvalidEvent(CleanText.of(CleanText.cut(wire, 80)) + ": is an unknown field");
        }
        return field;
    }

    static void requireAll(Set<EventField> seen) {
        for (var field : REQUIRED) {
            if (!seen.contains(field)) {
                throw field.invalid("is missing");
            }
        }
    }

    String wire() {
        return wire;
    }

    boolean isObject() {
        return form == null;
    }

    boolean isRequired() {
        return isRequired;
    }

    /** The text as it is stored. */
    String read(String text) {
        try {
            return form == null ? text : form.apply(text);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage());
        }
    }

    InvalidEvent invalid(@Nullable String flaw) {
        return new InvalidEvent(wire + ": " + flaw);
    }

    private static String uuid(String text) {
        // UUID.fromString also takes shortened ones.
        if (text.length() != 36) {
            throw new IllegalArgumentException("must be a UUID");
        }
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be a UUID", e);
        }
    }

    private static String time(String text) {
        var time = Times.rfc3339(text);
        if (time == null) {
            throw new IllegalArgumentException("must be an RFC 3339 time");
        }
        var instant = time.toInstant();
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new IllegalArgumentException("must be between 1970 and 9999");
        }
        return instant.toString();
    }

    private static UnaryOperator<String> text(int longest) {
        return text -> {
            if (text.length() > longest) {
                throw new IllegalArgumentException("has more than " + longest + " characters");
            }
            return CleanText.of(text);
        };
    }

    private static UnaryOperator<String> oneOf(String... values) {
        var allowed = Set.of(values);
        return text -> {
            if (!allowed.contains(text)) {
                throw new IllegalArgumentException("must be one of " + String.join(", ", values));
            }
            return text;
        };
    }
}
