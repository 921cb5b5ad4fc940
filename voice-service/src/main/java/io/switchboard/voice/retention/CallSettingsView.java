package io.switchboard.voice.retention;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.switchboard.kit.http.Versioned;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * For how many days what calls leave behind is kept; null is for ever.
 *
 * @param id the organization's
 */
public record CallSettingsView(
        @Nullable @Schema(description = "Days; links to recordings", examples = "90")
        Integer recordings,

        @Nullable @Schema(description = "Days", examples = "365")
        Integer transcripts,

        @Nullable @Schema(description = "Days; what providers sent. 30 where nothing is set", examples = "30")
        Integer rawBodies,

        @JsonIgnore UUID id,
        @JsonIgnore int version)
        implements Versioned {

    static CallSettingsView of(Row row) {
        return new CallSettingsView(
                row.getInteger("recording_days"),
                row.getInteger("transcript_days"),
                row.getInteger("raw_body_days"),
                row.getUUID("org_id"),
                row.getInteger("version"));
    }

    CallSettingsForm form() {
        return new CallSettingsForm(recordings, transcripts, rawBodies);
    }
}
