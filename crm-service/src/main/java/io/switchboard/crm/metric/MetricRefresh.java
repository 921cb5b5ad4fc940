package io.switchboard.crm.metric;

import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How old the figures are. */
public record MetricRefresh(
        @Schema(description = "What was written until then is counted")
        OffsetDateTime refreshedAt) {}
