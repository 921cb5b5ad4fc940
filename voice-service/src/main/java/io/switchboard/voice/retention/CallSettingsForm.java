package io.switchboard.voice.retention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * For how many days what calls leave behind is kept; null, as what is left out, is for ever. The table has the same bounds.
 *
 * @param recordings links to recordings
 * @param rawBodies of what providers sent
 */
public record CallSettingsForm(
        @Nullable @Min(1) @Max(MOST_DAYS) @Schema(examples = "90")
        Integer recordings,

        @Nullable @Min(1) @Max(MOST_DAYS) @Schema(examples = "365")
        Integer transcripts,

        @Nullable @Min(1) @Max(MOST_DAYS) @Schema(examples = "30")
        Integer rawBodies) {
    static final int MOST_DAYS = 3_650;
}
