package io.switchboard.crm.sla;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How fast tickets of a priority are to be answered and resolved, in minutes of open time. The table has the same bounds. */
public record SlaPolicyForm(
        @NotNull @Min(1) @Max(MOST_MINUTES) @Schema(examples = "60")
        Integer firstResponseMinutes,

        @NotNull @Min(1) @Max(MOST_MINUTES) @Schema(examples = "480")
        Integer resolutionMinutes) {
    static final int MOST_MINUTES = 90 * 24 * 60;
}
