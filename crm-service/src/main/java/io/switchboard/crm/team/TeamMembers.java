package io.switchboard.crm.team;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.staff.Staff;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Who is in the teams of an organization. */
@ApplicationScoped
class TeamMembers {
    /** All of them are told of a ticket that comes to the team. */
    private static final int MOST = 500;

    /** The person's own by sub-selects, so that a page looks up those of its own rows. */
    private static final String COLUMNS = "m.id, m.team_id, m.user_id, m.role, m.is_available, m.max_open_tickets,"
            + " m.joined_at, m.created_at, m.updated_at, m.version,"
            + " (select p.name from members p where p.org_id = m.org_id and p.id = m.user_id) as name,"
            + " (select p.is_active from members p where p.org_id = m.org_id and p.id = m.user_id) as is_active";

    private static final String LIST =
            "select " + COLUMNS + " from team_members m where m.org_id = $1 and m.team_id = $2";
    private static final String FIND = LIST + " and m.user_id = $3";

    /** Orders those who join one team, so that the count below holds. */
    private static final String LOCK = "select id from teams where org_id = $1 and id = $2 for no key update";

    private static final String ADD = "insert into team_members as m (org_id, team_id, user_id, role)"
            + " select $1::uuid, $2::uuid, $3::uuid, $4::text"
            + " where (select count(*) from team_members where org_id = $1 and team_id = $2) < " + MOST
            + " returning " + COLUMNS;
    private static final String REVISE = "update team_members m set role = $4, is_available = $5, max_open_tickets = $6"
            + " where m.org_id = $1 and m.team_id = $2 and m.user_id = $3 returning " + COLUMNS;
    private static final String REMOVE = "delete from team_members where org_id = $1 and team_id = $2 and user_id = $3";

    private final CallerContext caller;
    private final TenantSql sql;
    private final Teams teams;
    private final Staff staff;

    TeamMembers(CallerContext caller, TenantSql sql, Teams teams, Staff staff) {
        this.caller = caller;
        this.sql = sql;
        this.teams = teams;
        this.staff = staff;
    }

    /** By user. Fails with {@code team_not_found}. */
    Uni<PageOf<TeamMemberView>> list(UUID team, Page page) {
        return sql.page(
                        caller,
                        query(caller.orgId(), team, page),
                        TeamMemberView::of,
                        last -> new Cursor("", last.userId()))
                .call(found -> found.items().isEmpty()
                        ? teams.check(caller, team)
                        : Uni.createFrom().voidItem());
    }

    /** The test of the plan calls it, too. */
    static ListQuery query(UUID orgId, UUID team, Page page) {
        var list = new ListQuery(page, LIST, orgId, team);
        var after = page.after();
        return (after == null ? list : list.and("m.user_id > ?", after.id())).ordered("m.user_id");
    }

    /**
     * 201 for a new one; who is in the team already stays as they are. Fails with {@code team_not_found}, {@code team_full}, or
     * {@code invalid} for a person who is not an active admin or agent.
     */
    @TenantWork
    Uni<RestResponse<TeamMemberView>> join(UUID team, TeamMemberForm form) {
        return SessionSql.current().map(SessionSql::statements).chain(statements -> join(statements, team, form));
    }

    private Uni<RestResponse<TeamMemberView>> join(Statements statements, UUID team, TeamMemberForm form) {
        return statements
                .first(LOCK, Tuple.of(caller.orgId(), team), row -> row.getUUID("id"))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("team", team))
                .chain(() -> statements.first(
                        FIND,
                        Tuple.of(caller.orgId(), team, form.userId()),
                        row -> RestResponse.ok(TeamMemberView.of(row))))
                .onItem()
                .ifNull()
                .switchTo(() -> staff.checkKnown(caller, statements, "userId", form.userId())
                        .chain(() -> add(statements, team, form)));
    }

    private Uni<RestResponse<TeamMemberView>> add(Statements statements, UUID team, TeamMemberForm form) {
        var args = Tuple.of(caller.orgId(), team, form.userId(), form.role());
        return statements
                .first(ADD, args, row -> created(TeamMemberView.of(row)))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.conflict("team_full", "A team has at most " + MOST + " members."));
    }

    /** Its path names the user, not the membership. */
    private static RestResponse<TeamMemberView> created(TeamMemberView member) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, member)
                .header("Location", "/api/teams/" + member.teamId() + "/members/" + member.userId())
                .build();
    }

    /** Fails with {@code team_member_not_found} or {@code changed_meanwhile}. */
    Uni<TeamMemberView> revise(UUID team, UUID user, IfMatch ifMatch, MergePatch<TeamMemberChangeForm> patch) {
        return sql.transaction(caller, statements -> lock(statements, team, user)
                .invoke(ifMatch::check)
                .map(member -> patch.on(member.form()))
                .chain(form -> statements.first(
                        REVISE,
                        Tuple.of(caller.orgId(), team, user, form.role(), form.isAvailable(), form.maxOpenTickets()),
                        TeamMemberView::of)));
    }

    /** Fails with {@code team_member_not_found} or {@code changed_meanwhile}. */
    Uni<Void> remove(UUID team, UUID user, IfMatch ifMatch) {
        return sql.transaction(caller, statements -> lock(statements, team, user)
                .invoke(ifMatch::check)
                .chain(() -> statements.run(REMOVE, Tuple.of(caller.orgId(), team, user)))
                .replaceWithVoid());
    }

    private Uni<TeamMemberView> lock(Statements statements, UUID team, UUID user) {
        return statements
                .first(FIND + " for no key update of m", Tuple.of(caller.orgId(), team, user), TeamMemberView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("team_member", user));
    }
}
