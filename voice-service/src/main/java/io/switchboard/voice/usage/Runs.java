package io.switchboard.voice.usage;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/** The runs of voice agents. Those of calls are written by trigger: db/usage. */
@ApplicationScoped
class Runs {
    private static final Set<String> MAY_USE_ALL = Set.of("admin", "service");

    private static final String OWNER = "select owner_id from agents where org_id = $1 and id = $2";
    private static final String ADD =
            "insert into agent_runs (org_id, id, agent_id, owner_id, source, conversation_id, local_day, started_at, ended_at,"
                    + " tokens, duration_seconds, cost) values ($1, $2, $3, $4, 'api', $5, organization_time($1, now())::date,"
                    + " now() - make_interval(secs => $7::int), now(), $6, $7, $8) returning " + RunView.COLUMNS;
    private static final String OF_AGENT =
            "select " + RunView.COLUMNS + " from agent_runs where org_id = $1 and agent_id = $2";

    private final TenantSql sql;

    Runs(TenantSql sql) {
        this.sql = sql;
    }

    /** Inside {@code TenantWork}. Fails with {@code agent_not_found}, {@code quota_exceeded} or {@code run_conversation_taken}. */
    Uni<RunView> add(CallerContext caller, UUID agent, RunForm form) {
        return SessionSql.current().map(SessionSql::statements).chain(statements -> owner(caller, statements, agent)
                .call(owner -> Quota.admit(caller, statements, owner))
                .chain(owner -> statements.first(ADD, values(caller, agent, owner, form), RunView::of)));
    }

    private static Uni<UUID> owner(CallerContext caller, Statements statements, UUID agent) {
        return statements
                .first(OWNER, Tuple.of(caller.orgId(), agent), row -> row.getUUID("owner_id"))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("agent", agent))
                .invoke(owner -> refuseUnlessOwn(caller, owner));
    }

    /** An enterprise user sees the agents of others, and does not use them. */
    private static void refuseUnlessOwn(CallerContext caller, UUID owner) {
        if (!MAY_USE_ALL.contains(caller.role()) && !owner.equals(caller.userId())) {
            throw Problem.forbidden();
        }
    }

    private static Tuple values(CallerContext caller, UUID agent, UUID owner, RunForm form) {
        return Tuple.tuple()
                .addValue(caller.orgId())
                .addValue(UuidV7.next())
                .addValue(agent)
                .addValue(owner)
                .addValue(form.conversationId())
                .addValue(form.tokens())
                .addValue(form.durationSeconds())
                .addValue(form.cost());
    }

    /** Newest first. Fails with {@code agent_not_found} for an agent without runs that the caller does not see. */
    Uni<PageOf<RunView>> list(CallerContext caller, UUID agent, Page page) {
        return sql.page(
                        caller,
                        query(caller.orgId(), agent, page),
                        RunView::of,
                        last -> Cursor.at(last.createdAt(), last.id()))
                .call(found -> found.items().isEmpty()
                        ? mustExist(caller, agent)
                        : Uni.createFrom().voidItem());
    }

    /** The test of the plan calls it, too. */
    static ListQuery query(UUID orgId, UUID agent, Page page) {
        return new ListQuery(page, OF_AGENT, orgId, agent).newestFirst();
    }

    private Uni<?> mustExist(CallerContext caller, UUID agent) {
        return sql.first(caller, OWNER, Tuple.of(caller.orgId(), agent), row -> row.getUUID("owner_id"))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("agent", agent));
    }

    /** Fails with {@code run_not_found}. */
    Uni<RunView> show(CallerContext caller, UUID agent, UUID run) {
        return sql.first(caller, OF_AGENT + " and id = $3", Tuple.of(caller.orgId(), agent, run), RunView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("run", run));
    }
}
