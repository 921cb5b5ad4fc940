package io.switchboard.voice.analytics;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What calls use, over HTTP. */
@Path("/api/usage")
@Tag(name = "Usage")
public class UsageResource {
    private final CallerContext caller;
    private final CallAnalytics analytics;

    UsageResource(CallerContext caller, CallAnalytics analytics) {
        this.caller = caller;
        this.analytics = analytics;
    }

    /** Fails with {@code invalid_filter} or {@code invalid}. */
    @GET
    @AlsoAnswers(422)
    @Operation(
            summary = "Show what calls used in some days",
            description =
                    "By the day that calls began on in the organization's time zone. A PIN client sees its own, a user those of"
                            + " own agents, enterprise those of all agents.")
    public Uni<UsageView> show(
            @QueryParam("from")
                    @Parameter(
                            description =
                                    "The first day, such as 2026-06-01; without it the first of the month of the last day")
                    @Nullable
                    String from,
            @QueryParam("to")
                    @Parameter(description = "The last day, at most 365 days after the first; without it today")
                    @Nullable
                    String to,
            @QueryParam("clientId") @Parameter(description = "Only the calls of this PIN client") @Nullable
                    String clientId,
            @QueryParam("by") @Parameter(description = "Adds a breakdown: agent, client, provider or number") @Nullable
                    String by) {
        return analytics.usage(
                caller,
                Filters.uuid("clientId", clientId),
                Filters.date("from", from),
                Filters.date("to", to),
                EnumParam.of(Dimension.class, "by", by));
    }
}
