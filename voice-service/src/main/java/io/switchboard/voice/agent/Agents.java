package io.switchboard.voice.agent;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.Problems;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The voice agents that the caller may see: an admin and an enterprise user those of the organization, a user the own ones. Row
 * security holds it, too. Only an admin and the owner change one.
 */
@ApplicationScoped
class Agents implements PanacheRepositoryBase<Agent, UUID> {
    private static final String LIMIT = "agent_limit_reached";

    /** Local to the transaction; read by the trigger enforce_agent_limit. */
    private static final String TELL_LIMIT = "select set_config('app.max_agents', $1, true)";

    private final CallerContext caller;
    private final TenantSql sql;
    private final AgentVersions versions;

    Agents(CallerContext caller, TenantSql sql, AgentVersions versions) {
        this.caller = caller;
        this.sql = sql;
        this.versions = versions;
    }

    Uni<PageOf<AgentView>> list(@Nullable AgentStatus status, @Nullable UUID ownerId, Page page) {
        return sql.boundedPage(
                caller,
                query(caller, status, ownerId, page),
                AgentView::of,
                AgentView.LONG_TEXTS,
                last -> Cursor.at(last.createdAt(), last.id()));
    }

    /** Newest first, which their ids tell. The test of the plans calls it, too. */
    static ListQuery query(CallerContext caller, @Nullable AgentStatus status, @Nullable UUID ownerId, Page page) {
        var list = new ListQuery(page, AgentView.SELECT, caller.orgId()).andIfGiven("owner_id = ?", ownerId);
        if (caller.role().equals("user")) {
            list.and("owner_id = ?", caller.userId()); // so that the owner's index is used
        }
        if (status != null) {
            list.and("status = '" + status.wire() + "'");
        }
        return list.newestFirstById();
    }

    /** Fails with {@code agent_not_found}, also for one that the caller may not see. */
    Uni<AgentView> show(UUID id) {
        return sql.first(caller, AgentView.SELECT + " and id = $2", Tuple.of(caller.orgId(), id), AgentView::of)
                .onItem()
                .ifNull()
                .failWith(() -> notFound(id));
    }

    /** Fails with {@code agent_limit_reached}. */
    @TenantWork
    Uni<AgentView> create(UUID ownerId, AgentForm form) {
        var agent = new Agent(caller, ownerId, form);
        return tellLimit(ownerId)
                .chain(() -> save(agent))
                .onFailure(failure -> LIMIT.equals(Problems.constraint(failure)))
                .transform(failure -> Problem.conflict(LIMIT, "agent limit reached"))
                .call(saved -> versions.record(caller, saved, List.of(), null))
                .map(Agent::view);
    }

    /** The owner's copy in members, whose limit counts, may not have arrived yet: the caller's own token has it as well. */
    private Uni<?> tellLimit(UUID ownerId) {
        var limits = caller.limits();
        return limits == null || !ownerId.equals(caller.userId())
                ? Uni.createFrom().voidItem()
                : SessionSql.current()
                        .chain(session -> session.select(TELL_LIMIT, Integer.toString(limits.maxAgents())));
    }

    /** Inside {@code TenantWork}. Fails with {@code agent_not_found}, {@code forbidden} or {@code changed_meanwhile}. */
    Uni<Agent> getToChange(UUID id, IfMatch ifMatch) {
        return findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> notFound(id))
                .invoke(this::requireOwner)
                .invoke(ifMatch::check);
    }

    private void requireOwner(Agent agent) {
        if (!caller.role().equals("admin") && !agent.ownerId().equals(caller.userId())) {
            throw Problem.forbidden();
        }
    }

    /** Writes a changed one, and records its new version if fields of it changed. */
    Uni<AgentView> save(Agent agent, List<String> changed) {
        return save(agent)
                .call(saved ->
                        changed.isEmpty() ? Uni.createFrom().voidItem() : versions.record(caller, saved, changed, null))
                .map(Agent::view);
    }

    /** Fails with {@code version_not_found}. */
    Uni<AgentView> restore(Agent agent, int version) {
        return versions.find(caller, agent, version)
                .map(agent::restore)
                .call(() -> save(agent))
                .call(changed -> versions.record(caller, agent, changed, version))
                .map(changed -> agent.view());
    }

    private Uni<Agent> save(Agent agent) {
        return persistAndFlush(agent).call(() -> Panache.getSession().chain(session -> session.refresh(agent)));
    }

    private static Problem notFound(UUID id) {
        return Problem.notFound("agent", id);
    }
}
