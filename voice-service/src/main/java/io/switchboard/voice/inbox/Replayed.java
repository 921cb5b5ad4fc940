package io.switchboard.voice.inbox;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many dead events are tried again. */
public record Replayed(
        @Schema(examples = "3") int replayed,

        @Schema(description = "Whether there may be more, for a further request", examples = "false")
        boolean more) {}
