package io.switchboard.voice.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a recording is to be had. URLs are of the provider's API, whose hosts {@code switchboard.providers.hosts} lists; the headers
 * hold the organization's key, which no text of these records shows.
 */
public sealed interface RecordingSource {
    /** A GET is answered with the recording, or with a redirect to a link that opens without a key. */
    record Media(String url, Map<String, String> headers) implements RecordingSource {
        @Override
        public String toString() {
            return "Media[" + url + "]";
        }
    }

    /**
     * A GET is answered with JSON that leads on.
     *
     * @param next null when there is no recording
     */
    record Listing(String url, Map<String, String> headers, Function<JsonNode, @Nullable RecordingSource> next)
            implements RecordingSource {
        @Override
        public String toString() {
            return "Listing[" + url + "]";
        }
    }

    /** A fresh link that opens without a key, for a while. */
    record Link(String url) implements RecordingSource {
        /** Null for a text that is no link. */
        public static @Nullable Link of(JsonNode url) {
            return url.isTextual() && !url.textValue().isBlank() ? new Link(url.textValue()) : null;
        }

        /** Who has the link has the recording. */
        @Override
        public String toString() {
            return "Link";
        }
    }

    static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    /** @param credentials user and password with a colon between them */
    static Map<String, String> basic(String credentials) {
        var encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        return Map.of("Authorization", "Basic " + encoded);
    }
}
