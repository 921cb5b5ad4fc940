package io.switchboard.voice.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Providers' JSON: of bounded depth, numbers exact, and nothing in it taken for granted. */
final class Json {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(50).build())
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    static JsonNode tree(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            throw new Untranslatable("not JSON", e);
        }
    }

    /** The first of these JSON pointers that leads to text, a number or a boolean; null when none does. */
    static @Nullable String text(JsonNode node, String... pointers) {
        for (String pointer : pointers) {
            JsonNode found = node.at(pointer);
            String text = found.isValueNode() && !found.isNull() ? CleanField.orNull(found.asText()) : null;
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** The first of these JSON pointers that leads to an ISO 8601 time or to epoch milliseconds. */
    static @Nullable Instant time(JsonNode node, String... pointers) {
        for (String pointer : pointers) {
            JsonNode found = node.at(pointer);
            Instant time = found.isNumber() ? millis(found.asText()) : iso(found.isTextual() ? found.asText() : null);
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    /** Epoch milliseconds in the years 2000 to 2100, else null: what lies outside is no time of a call. */
    static @Nullable Instant millis(@Nullable String text) {
        if (text == null || !text.matches("\\d{12,13}(\\.\\d+)?")) {
            return null;
        }
        long millis = Long.parseLong(text.replaceFirst("\\..*", ""));
        return millis < 946_684_800_000L || millis > 4_102_444_800_000L ? null : Instant.ofEpochMilli(millis);
    }

    static @Nullable Instant iso(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notOne) {
            return null;
        }
    }
}
