package io.switchboard.crm.metric;

import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Figures of all days that were asked for. */
public record MetricList<T>(
        List<T> items,

        @Schema(description = "What was written until then is counted")
        OffsetDateTime refreshedAt) {}
