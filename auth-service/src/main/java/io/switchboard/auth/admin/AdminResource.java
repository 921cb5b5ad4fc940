package io.switchboard.auth.admin;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Users and figures: admins see those of their organization, operators those of all. */
@Path("/api/admin")
public class AdminResource {
    private static final String OPERATOR = "platform_admin";

    private final CallerContext caller;
    private final Statistics statistics;
    private final VoiceStatisticsClient voice;

    AdminResource(CallerContext caller, Statistics statistics, VoiceStatisticsClient voice) {
        this.caller = caller;
        this.statistics = statistics;
        this.voice = voice;
    }

    /** Fails with {@code invalid_filter}. */
    @GET
    @Path("users")
    @Operation(
            summary = "List users with their figures",
            description = "Newest first. Where voice-service is away its figures are null and voice says unavailable.")
    public Uni<UserStatisticsPage> users(
            @Parameter(description = "operators: of this organization alone", schema = @Schema(format = "uuid"))
                    @RestQuery
                    @Nullable
                    String orgId,
            @BeanParam Page page) {
        var tenant = tenant(orgId);
        var listed = tenant == null ? statistics.suiteUsers(caller, page) : statistics.users(tenant, page);
        return listed.chain(users -> figures(tenant, users.items()).map(voice -> UserStatisticsPage.of(users, voice)));
    }

    @GET
    @Path("statistics")
    @Operation(
            summary = "Show figures",
            description =
                    "Of the own organization; of all together for operators. Where voice-service is away its figures are"
                            + " null and voice says unavailable.")
    public Uni<StatisticsView> statistics() {
        var tenant = tenant(null);
        var counted = tenant == null ? statistics.suiteCounts(caller) : statistics.counts(tenant);
        var figures = tenant == null ? voice.ofAll(caller.requestId()) : voice.of(tenant.orgId(), tenant.requestId());
        return Uni.combine().all().unis(counted, figures).with(StatisticsView::of);
    }

    private Uni<VoiceUserStatistics> figures(@Nullable CallerContext tenant, List<UserStatisticsView> users) {
        return tenant == null
                ? voice.ofUsers(users, caller.requestId())
                : voice.ofUsers(tenant.orgId(), users, tenant.requestId());
    }

    /** The organization that is asked for; null for all. */
    private @Nullable CallerContext tenant(@Nullable String orgId) {
        if (!caller.role().equals(OPERATOR)) {
            if (orgId != null && !id(orgId).equals(caller.orgId())) {
                throw Problem.forbidden();
            }
            return caller;
        }
        return orgId == null ? null : CallerContext.Value.onBehalf(id(orgId), caller, "auth-service");
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("invalid_filter", "orgId is a UUID.");
        }
    }
}
