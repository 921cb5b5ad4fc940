package io.switchboard.voice.analytics;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A job that counts an organization's calls anew. */
public record AnalyticsRebuildView(
        UUID id, @Schema(examples = "queued") String status) {}
