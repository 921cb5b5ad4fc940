package io.switchboard.voice.inbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A provider's event and its status. */
public record WebhookEventView(
        UUID id,
        @Schema(examples = "vapi") String provider,

        @Schema(
                description = "The id by which repeats are recognized",
                examples = "80e67583-7388-58b5-b794-0c94727f8a0d:end-of-call-report")
        String eventId,

        @Schema(examples = "end-of-call-report") String type,

        EventStatus status,

        @Schema(description = "How often it was tried; after eight it is dead")
        int attempts,

        @Nullable @Schema(description = "Why the last try failed")
        String error,

        OffsetDateTime receivedAt,
        @Nullable OffsetDateTime processedAt,

        @Nullable
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "As received; only where a single event is shown", examples = "{\"message\": {}}")
        String body,

        @Nullable
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Instead of body, where the bytes are not UTF-8", examples = "//4=")
        String bodyBase64) {
    WebhookEventView with(byte[] received) {
        var text = utf8(received);
        return new WebhookEventView(
                id,
                provider,
                eventId,
                type,
                status,
                attempts,
                error,
                receivedAt,
                processedAt,
                text,
                text == null ? Base64.getEncoder().encodeToString(received) : null);
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
