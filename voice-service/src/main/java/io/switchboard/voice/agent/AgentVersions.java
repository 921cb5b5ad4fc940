package io.switchboard.voice.agent;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What voice agents were to do, a version a change. */
@ApplicationScoped
class AgentVersions {
    private static final String INSERT =
            "insert into agent_versions (org_id, agent_id, version, changed_by, changed, restored_from, content)"
                    + " values ($1, $2, $3, current_user_id(), $4, $5, $6)";
    private static final String CONTENT =
            "select content from agent_versions where org_id = $1 and agent_id = $2 and version = $3";

    private final TenantSql sql;

    AgentVersions(TenantSql sql) {
        this.sql = sql;
    }

    /** Newest first; empty also where the caller may not see the agent. */
    Uni<PageOf<AgentVersionView>> list(CallerContext caller, UUID agent, Page page) {
        return sql.boundedPage(
                caller,
                query(caller.orgId(), agent, page),
                AgentVersionView::of,
                List.of("content::text"),
                last -> Cursor.at(last.changedAt(), last.id()));
    }

    /** The test of the plans calls it, too. */
    static ListQuery query(UUID orgId, UUID agent, Page page) {
        return new ListQuery(page, AgentVersionView.SELECT, orgId, agent).newestFirstById();
    }

    /** Keeps what the agent is to do now. Inside {@code TenantWork}, once the agent is written. */
    Uni<?> record(CallerContext caller, Agent agent, List<String> changed, @Nullable Integer restoredFrom) {
        var args = Tuple.of(caller.orgId(), agent.id(), agent.behaviourVersion(), changed.toArray(String[]::new))
                .addValue(restoredFrom)
                .addValue(agent.form().content());
        return SessionSql.current().chain(session -> session.statements().run(INSERT, args));
    }

    /** What the agent was to do then. Inside {@code TenantWork}. Fails with {@code version_not_found}. */
    Uni<AgentForm> find(CallerContext caller, Agent agent, int version) {
        var args = Tuple.of(caller.orgId(), agent.id(), version);
        return SessionSql.current()
                .chain(session -> session.statements().first(CONTENT, args, row -> row.getJsonObject("content")))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("version", version))
                .map(content -> content.mapTo(AgentForm.class));
    }
}
