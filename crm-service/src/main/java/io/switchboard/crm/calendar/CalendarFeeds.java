package io.switchboard.crm.calendar;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.secret.OpaqueToken;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The secret links of an organization; the database has only the hashes of their tokens. */
@ApplicationScoped
class CalendarFeeds {
    private static final String ADD = "insert into calendar_feeds (org_id, id, token_hash, assignee_id, created_by)"
            + " values ($1, $2, $3, $4, $5) returning " + CalendarFeedView.COLUMNS;
    private static final String LIST = "select " + CalendarFeedView.COLUMNS + " from calendar_feeds where org_id = $1";
    private static final String END = "delete from calendar_feeds where org_id = $1 and id = $2";
    private static final String RESOLVE = "select org_id, assignee_id from resolve_calendar_feed($1)";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final CallerContext caller;
    private final TenantSql sql;
    private final Origin.Current origin;
    private final String service;
    private final String publicUrl;

    CalendarFeeds(
            CallerContext caller,
            TenantSql sql,
            Origin.Current origin,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "switchboard.public-url") String publicUrl) {
        this.caller = caller;
        this.sql = sql;
        this.origin = origin;
        this.service = service;
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
    }

    /**
     * What a token opens.
     *
     * @param caller acts for no user, in the feed's organization
     * @param assigneeId whose appointments; null for everybody's
     */
    record OpenFeed(CallerContext caller, @Nullable UUID assigneeId) {}

    /** Fails with {@code invalid} for an {@code assigneeId} that is no member's. */
    @TenantWork
    Uni<IssuedCalendarFeed> create(CalendarFeedForm form) {
        var token = OpaqueToken.next();
        var args = Tuple.of(caller.orgId(), UuidV7.next(), token.hash(), form.assigneeId(), caller.userId());
        return SessionSql.current()
                .chain(session -> session.statements().first(ADD, args, CalendarFeedView::of))
                .map(feed -> new IssuedCalendarFeed(feed.id(), url(token), feed.assigneeId(), feed.createdAt()));
    }

    /** Newest first; an admin's list has everybody's, another one's only the own. */
    Uni<PageOf<CalendarFeedView>> list(CallerContext caller, Page page) {
        return sql.page(
                caller,
                query(caller.orgId(), caller.role().equals("admin") ? null : caller.userId(), page),
                CalendarFeedView::of,
                last -> Cursor.at(last.createdAt(), last.id()));
    }

    static ListQuery query(UUID orgId, @Nullable UUID createdBy, Page page) {
        return new ListQuery(page, LIST, orgId)
                .andIfGiven("created_by = ?", createdBy)
                .newestFirst();
    }

    /** Fails with {@code calendar_feed_not_found}, also for another one's where the caller is no admin. */
    Uni<Void> end(CallerContext caller, UUID id) {
        return sql.execute(caller, END, Tuple.of(caller.orgId(), id))
                .invoke(ended -> {
                    if (ended.rowCount() == 0) {
                        throw notFound();
                    }
                })
                .replaceWithVoid();
    }

    /** Fails with {@code calendar_feed_not_found} for every token that opens nothing, whatever the reason. */
    Uni<OpenFeed> open(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw notFound();
        }
        var asked = origin.get();
        return sql.crossTenant(RESOLVE, Tuple.of(OpaqueToken.shown(token).hash()))
                .map(rows -> {
                    var feed = rows.iterator();
                    if (!feed.hasNext()) {
                        throw notFound();
                    }
                    var row = feed.next();
                    return new OpenFeed(
                            CallerContext.Value.service(row.getUUID("org_id"), service, asked),
                            row.getUUID("assignee_id"));
                });
    }

    private String url(OpaqueToken token) {
        return publicUrl + "/api/appointments/feeds/" + token.reveal() + ".ics";
    }

    private static Problem notFound() {
        return Problem.notFound("calendar_feed", null);
    }
}
