package io.switchboard.audit.integrity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param checkedFrom the first sequence that was checked now; null where nothing is sealed
 * @param checkedTo the last one
 * @param lastFullCheckAt when all records were checked last, by the clock; its result counts for those before checkedFrom
 * @param checkpoint the newest that left the database, a signed note
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record IntegrityView(
        @Schema(examples = "true") boolean valid,
        @Schema(examples = "1043") long sealedRecords,
        @Schema(examples = "2") long unsealedRecords,
        @Nullable OffsetDateTime lastSealedAt,
        @Nullable BrokenRecord firstBroken,
        @Schema(examples = "0") @Nullable Long checkedFrom,
        @Schema(examples = "1042") @Nullable Long checkedTo,
        @Nullable OffsetDateTime lastFullCheckAt,

        @Schema(examples = "audit.example.com/0198f2c4-7d3a-7c51-9b1e-2f6a8d4c0e17\\n1043\\n…") @Nullable
        String checkpoint) {}
