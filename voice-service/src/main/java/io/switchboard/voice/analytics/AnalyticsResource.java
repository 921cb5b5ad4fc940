package io.switchboard.voice.analytics;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Figures of calls over HTTP. */
@Path("/api/analytics")
@Tag(name = "Analytics")
public class AnalyticsResource {
    private static final int DAYS = 30;
    private static final int MOST_DAYS = 365;

    private final CallerContext caller;
    private final CallAnalytics analytics;
    private final AnalyticsRebuilds rebuilds;

    AnalyticsResource(CallerContext caller, CallAnalytics analytics, AnalyticsRebuilds rebuilds) {
        this.caller = caller;
        this.analytics = analytics;
        this.rebuilds = rebuilds;
    }

    /** Fails with {@code invalid_filter}. */
    @GET
    @Path("dashboard")
    @Operation(
            summary = "Show the figures of the last days",
            description =
                    "By the day and hour that calls began at, in the organization's time zone; a call of several legs"
                            + " counts once. A PIN client sees its own, a user those of own agents, enterprise those of all"
                            + " agents.")
    public Uni<DashboardView> dashboard(
            @QueryParam("clientId") @Parameter(description = "Only the calls of this PIN client") @Nullable
                    String clientId,
            @QueryParam("days")
                    @Parameter(
                            description = "Today and the days before it",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "365",
                                            defaultValue = "30"))
                    @Nullable
                    String days,
            @QueryParam("by") @Parameter(description = "Adds a breakdown: agent, client, provider or number") @Nullable
                    String by) {
        var client = Filters.uuid("clientId", clientId);
        return analytics.dashboard(caller, client, days(days), EnumParam.of(Dimension.class, "by", by));
    }

    /** Answers before it is done. */
    @POST
    @Path("rebuild")
    @ResponseStatus(202)
    @Operation(
            summary = "Count all calls anew",
            description =
                    "Mends figures that do not fit the calls. They change with each call by themselves: this is for"
                            + " data that was restored or changed by hand. One that waits already is not queued again.")
    public Uni<AnalyticsRebuildView> rebuild() {
        return rebuilds.queue(caller);
    }

    /** Fails with {@code analytics_rebuild_not_found}. */
    @GET
    @Path("rebuild/{id}")
    @Operation(
            summary = "Show how far a rebuild is",
            description = "Until a week after it was over. mendedDays is how many days did not fit the calls.")
    public Uni<AnalyticsRebuildView> showRebuild(@RestPath UUID id) {
        return rebuilds.show(caller, id);
    }

    private static int days(@Nullable String given) {
        var text = Filters.text("days", given);
        if (text == null) {
            return DAYS;
        }
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_DAYS) {
            throw Filters.invalid("days", "is a number from 1 to " + MOST_DAYS);
        }
        return Integer.parseInt(text);
    }
}
