package io.switchboard.voice.assistant;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.EntityDeletion;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.switchboard.kit.work.WorkQueue;
import io.switchboard.voice.provider.Providers;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The clients' assistants of the caller's organization that the caller may see: staff all, a PIN client its own, a user those of own
 * voice agents, an enterprise user those of all voice agents. Row security holds it.
 */
@ApplicationScoped
class Assistants implements PanacheRepositoryBase<Assistant, UUID> {
    private static final String SELECT = "select " + AssistantView.COLUMNS + " from ";
    private static final String ALL = SELECT + "client_assistants where org_id = $1";
    private static final String OF_CLIENT = SELECT + "get_client_assistants($2) where org_id = $1";
    private static final String OF_OWN_AGENTS =
            "agent_id in (select g.id from agents g where g.org_id = $1 and g.owner_id = ?)";
    private static final String SHOW = ALL + " and id = $2";
    private static final String UPDATE = SELECT + "update_assistant($1, $2, $3, $4, $5, $6, $7)";

    private final CallerContext caller;
    private final TenantSql sql;
    private final WorkQueue work;
    private final Providers providers;

    Assistants(CallerContext caller, TenantSql sql, WorkQueue work, Providers providers) {
        this.caller = caller;
        this.sql = sql;
        this.work = work;
        this.providers = providers;
    }

    Uni<PageOf<AssistantView>> list(@Nullable UUID clientId, @Nullable UUID agentId, Page page) {
        return sql.boundedPage(
                caller,
                query(caller, clientId, agentId, page),
                AssistantView::of,
                AssistantView.LONG_TEXTS,
                last -> Cursor.at(last.createdAt(), last.id()));
    }

    /** Newest first, which their ids tell. The test of the plans calls it, too. */
    static ListQuery query(CallerContext caller, @Nullable UUID clientId, @Nullable UUID agentId, Page page) {
        var whose = caller.clientId() == null ? clientId : caller.clientId();
        var list = whose == null
                ? new ListQuery(page, ALL, caller.orgId())
                : new ListQuery(page, OF_CLIENT, caller.orgId(), whose).andIfGiven("client_id = ?", clientId);
        if (caller.role().equals("user") && whose == null && agentId == null) {
            list.and(OF_OWN_AGENTS, caller.userId()); // so that the agents' index is used
        }
        return list.andIfGiven("agent_id = ?", agentId).newestFirstById();
    }

    /** Fails with {@code assistant_not_found}, also for one that the caller may not see. */
    Uni<AssistantView> show(UUID id) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id), AssistantView::of)
                .onItem()
                .ifNull()
                .failWith(() -> notFound(id));
    }

    /** Fails with {@code invalid} for an agent that is not there. */
    @TenantWork
    Uni<AssistantView> create(AssistantForm form) {
        return save(new Assistant(caller, form)).call(created -> tellProvider(null, created));
    }

    /** Fails with {@code assistant_not_found}, {@code changed_meanwhile} or {@code invalid}. */
    @TenantWork
    Uni<AssistantView> revise(UUID id, IfMatch ifMatch, MergePatch<AssistantForm> patch) {
        return get(id).invoke(ifMatch::check).chain(assistant -> revise(assistant, patch));
    }

    private Uni<AssistantView> revise(Assistant assistant, MergePatch<AssistantForm> patch) {
        var before = assistant.view();
        assistant.revise(patch.on(before.form()).checked(providers));
        return save(assistant).call(changed -> tellProvider(before, changed));
    }

    /**
     * Changes what a PIN client may change. Fails with {@code assistant_not_found}, {@code changed_meanwhile} or {@code invalid}.
     *
     * @param patch of {@link AssistantForm#OF_CLIENTS}
     */
    Uni<AssistantView> reviseOwn(UUID id, IfMatch ifMatch, MergePatch<AssistantForm> patch) {
        return sql.transaction(caller, statements -> lock(statements, id)
                .invoke(ifMatch::check)
                .chain(before -> update(statements, id, patch.on(before.form()))
                        .call(changed -> tellProvider(statements, before, changed))));
    }

    private Uni<?> tellProvider(@Nullable AssistantView before, AssistantView changed) {
        return SessionSql.current().chain(session -> tellProvider(session.statements(), before, changed));
    }

    /** What a provider keeps is changed there, too, after the commit. */
    private Uni<?> tellProvider(Statements statements, @Nullable AssistantView before, AssistantView changed) {
        return changed.providerAssistantId() == null
                        || changed.settings().isEmpty()
                        || before != null && changed.isKeptAs(before)
                ? Uni.createFrom().voidItem()
                : work.add(caller, statements, ProviderUpdates.KIND, ProviderUpdates.payload(changed.id()));
    }

    private Uni<AssistantView> lock(Statements statements, UUID id) {
        return statements
                .first(SHOW + " for update", Tuple.of(caller.orgId(), id), AssistantView::of)
                .onItem()
                .ifNull()
                .failWith(() -> notFound(id));
    }

    private static Uni<AssistantView> update(Statements statements, UUID id, AssistantForm form) {
        var args = Tuple.of(id, form.displayName(), form.firstMessage(), form.voice(), form.model(), form.evalMethod())
                .addValue(form.maxCallDuration());
        return statements.first(UPDATE, args, AssistantView::of);
    }

    /** Fails with {@code assistant_not_found} or {@code changed_meanwhile}. */
    @TenantWork
    Uni<Void> delete(UUID id, IfMatch ifMatch) {
        return get(id).invoke(ifMatch::check).chain(assistant -> EntityDeletion.delete(this, assistant));
    }

    private Uni<Assistant> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> notFound(id));
    }

    /** Writes a new or changed one, and reads back the times that the database sets. */
    private Uni<AssistantView> save(Assistant assistant) {
        return persistAndFlush(assistant)
                .call(() -> Panache.getSession().chain(session -> session.refresh(assistant)))
                .map(Assistant::view);
    }

    private static Problem notFound(UUID id) {
        return Problem.notFound("assistant", id);
    }
}
