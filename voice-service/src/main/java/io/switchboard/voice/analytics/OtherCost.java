package io.switchboard.voice.analytics;

import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What calls cost in a currency that is not the organization's. */
public record OtherCost(
        @Schema(examples = "EUR") String currency,
        @Schema(examples = "12.5") BigDecimal cost) {}
