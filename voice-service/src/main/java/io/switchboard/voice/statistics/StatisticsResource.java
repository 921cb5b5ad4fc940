package io.switchboard.voice.statistics;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.voice.statistics.OwnerStatisticsForm.UserOfOrganization;
import io.vertx.sqlclient.Tuple;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Statistics of organizations and their users, for auth-service. SQL counts: its functions are in db/statistics. */
@Path("/internal/statistics")
@Tag(name = "Internal")
public class StatisticsResource {
    private static final int MOST_IDS = 200;
    private static final int LONGEST = MOST_IDS * 37; // characters: a UUID and a comma each

    private static final String ORGANIZATION = "select " + StatisticsView.COLUMNS + " from organization_statistics()";
    private static final String SUITE = "select " + StatisticsView.COLUMNS + " from suite_statistics()";
    private static final String OWNERS = "select " + OwnerStatisticsView.COLUMNS + " from user_statistics($1)";
    private static final String SUITE_OWNERS =
            "select " + OwnerStatisticsView.COLUMNS + " from suite_user_statistics($1, $2)";

    private final CallerContext caller;
    private final TenantSql sql;

    StatisticsResource(CallerContext caller, TenantSql sql) {
        this.caller = caller;
        this.sql = sql;
    }

    @GET
    @Operation(
            summary = "Show an organization's figures",
            description = "This month is the one of the organization's time zone.")
    public Uni<StatisticsView> show() {
        return sql.first(caller, ORGANIZATION, Tuple.tuple(), StatisticsView::of);
    }

    /** Fails with {@code invalid_filter}. */
    @GET
    @Path("users")
    @Operation(
            summary = "Show the figures of users",
            description = "One item for each id, zeros for a user who is not known here. This month is the one of the"
                    + " organization's time zone.")
    public Uni<PageOf<OwnerStatisticsView>> users(
            @QueryParam("ids") @Parameter(description = "Ids of users, separated by commas, 200 at most") @Nullable
                    String ids) {
        return sql.list(caller, OWNERS, Tuple.of((Object) ids(ids)), OwnerStatisticsView::of)
                .map(items -> new PageOf<>(items, null));
    }

    @GET
    @Path("suite")
    @Operation(
            summary = "Show the figures of all organizations together",
            description = "This month is the one of UTC.")
    public Uni<StatisticsView> suite() {
        return sql.crossTenant(SUITE, Tuple.tuple())
                .map(rows -> StatisticsView.of(rows.iterator().next()));
    }

    @POST
    @Path("suite/users")
    @Operation(
            summary = "Show the figures of users of several organizations",
            description = "One item for each user. This month is the one of the user's organization.")
    public Uni<PageOf<OwnerStatisticsView>> suiteUsers(@NotNull @Valid OwnerStatisticsForm form) {
        var orgs = form.users().stream().map(UserOfOrganization::orgId).toArray(UUID[]::new);
        var users = form.users().stream().map(UserOfOrganization::userId).toArray(UUID[]::new);
        return sql.crossTenant(SUITE_OWNERS, Tuple.of(orgs, (Object) users))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(OwnerStatisticsView::of)
                        .toList())
                .map(items -> new PageOf<>(items, null));
    }

    private static UUID[] ids(@Nullable String given) {
        var text = Filters.text("ids", given, LONGEST);
        return Stream.of(text == null ? new String[0] : text.split(","))
                .map(id -> Filters.uuid("ids", id))
                .filter(Objects::nonNull)
                .toArray(UUID[]::new);
    }
}
