package io.switchboard.voice.subscription;

import io.switchboard.kit.text.SmallJson;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that happened in another service.
 *
 * @param id the same whenever the same event is told again
 * @param data what it happened to, as the API shows it
 */
public record PublishedEvent(
        @NotNull UUID id,

        @NotNull @Size(max = 100) @Schema(examples = "contact.created")
        String type,

        @NotNull OffsetDateTime occurredAt,

        @NotNull
        @SmallJson(maxBytes = MOST_DATA, maxDepth = DEEPEST_DATA)
        @Schema(examples = "{\"id\": \"0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17\", \"name\": \"Ada Lovelace\"}")
        Map<String, Object> data) {

    /** A contact may have notes of 20,000 characters of up to six bytes, and metadata of 16 KiB and 16 levels. */
    static final int MOST_DATA = 256 * 1024;

    private static final int DEEPEST_DATA = 20;
}
