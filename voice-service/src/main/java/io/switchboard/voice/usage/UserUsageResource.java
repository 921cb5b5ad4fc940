package io.switchboard.voice.usage;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What the agents of a user used, over HTTP. */
@Path("/api/usage")
@Tag(name = "Usage")
public class UserUsageResource {
    private static final String WHOSE = "Another user's, for admins and enterprise; without it the caller's own";

    private final CallerContext caller;
    private final UserUsage usage;

    UserUsageResource(CallerContext caller, UserUsage usage) {
        this.caller = caller;
        this.usage = usage;
    }

    /** Fails with {@code invalid_filter} or {@code user_not_found}. */
    @GET
    @Path("current-month")
    @AlsoAnswers(404)
    @Operation(
            summary = "Show what a user has used this month, and may use",
            description =
                    "The month is that of the organization's time zone. Once the quota is used up, nothing new begins"
                            + " on the user's agents until resetsAt.")
    public Uni<CurrentMonthView> currentMonth(
            @QueryParam("userId") @Parameter(description = WHOSE) @Nullable String userId) {
        return usage.currentMonth(caller, user(userId)).map(CurrentMonthView::of);
    }

    /** Fails with {@code invalid_filter} or {@code invalid}. */
    @GET
    @Path("daily")
    @AlsoAnswers(422)
    @Operation(
            summary = "Show what a user used day by day",
            description = "All days of the organization's time zone, oldest first, zeros included.")
    public Uni<PageOf<DailyUsageView>> daily(
            @QueryParam("from")
                    @Parameter(description = "The first day, such as 2026-06-01; without it 29 days before the last")
                    @Nullable
                    String from,
            @QueryParam("to")
                    @Parameter(description = "The last day, at most 365 days after the first; without it today")
                    @Nullable
                    String to,
            @QueryParam("userId") @Parameter(description = WHOSE) @Nullable String userId) {
        return usage.daily(caller, user(userId), Filters.date("from", from), Filters.date("to", to));
    }

    private UUID user(@Nullable String userId) {
        var user = Filters.uuid("userId", userId);
        return user == null ? Objects.requireNonNull(caller.userId()) : user;
    }
}
