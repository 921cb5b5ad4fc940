package io.switchboard.crm.template;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.Problems;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.EntityDeletion;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The templates of the caller's organization. */
@ApplicationScoped
class ResponseTemplates implements PanacheRepositoryBase<ResponseTemplate, UUID> {
    private static final String LIST =
            "select " + ResponseTemplateView.COLUMNS + " from response_templates where org_id = $1";
    private static final String SHOW = LIST + " and id = $2";

    private final CallerContext caller;
    private final TenantSql sql;

    ResponseTemplates(CallerContext caller, TenantSql sql) {
        this.caller = caller;
        this.sql = sql;
    }

    Uni<PageOf<ResponseTemplateView>> list(@Nullable UUID teamId, Page page) {
        return sql.boundedPage(
                caller,
                query(caller.orgId(), teamId, page),
                ResponseTemplateView::of,
                ResponseTemplateView.LONG_TEXTS,
                last -> Cursor.at(last.createdAt(), last.id()));
    }

    /** The test of the plan calls it, too. */
    static ListQuery query(UUID orgId, @Nullable UUID teamId, Page page) {
        return new ListQuery(page, LIST, orgId)
                .andIfGiven("team_id = ?", teamId)
                .newestFirst();
    }

    /** Fails with {@code template_not_found}. */
    Uni<ResponseTemplateView> show(UUID id) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id), ResponseTemplateView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("template", id));
    }

    /** In a transaction that is open; null where there is no such template. */
    Uni<@Nullable ResponseTemplateView> find(Statements statements, UUID id) {
        return statements.first(SHOW, Tuple.of(caller.orgId(), id), ResponseTemplateView::of);
    }

    /** Fails with {@code invalid} for a team that is not there. */
    @TenantWork
    Uni<ResponseTemplateView> add(ResponseTemplateForm form) {
        return save(new ResponseTemplate(caller, form));
    }

    /** Fails with {@code template_not_found}, {@code changed_meanwhile}, or {@code invalid} for a team that is not there. */
    @TenantWork
    Uni<ResponseTemplateView> revise(UUID id, IfMatch ifMatch, MergePatch<ResponseTemplateForm> patch) {
        return get(id).invoke(ifMatch::check)
                .call(template -> SessionSql.current()
                        .chain(session -> find(session.statements(), id))
                        .map(before -> patch.on(before.form()))
                        .invoke(ResponseTemplateForm::check)
                        .invoke(template::revise))
                .chain(this::save);
    }

    /** Fails with {@code template_not_found} or {@code changed_meanwhile}. */
    @TenantWork
    Uni<Void> delete(UUID id, IfMatch ifMatch) {
        return get(id).invoke(ifMatch::check).chain(template -> EntityDeletion.delete(this, template));
    }

    private Uni<ResponseTemplate> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("template", id));
    }

    private Uni<ResponseTemplateView> save(ResponseTemplate template) {
        return persistAndFlush(template)
                .onFailure(failure -> "assignTeamId".equals(Problems.constraint(failure)))
                .transform(failure -> Problem.invalid("set.assign.teamId", "must name a team of the organization"))
                .chain(SessionSql::current)
                .chain(session -> find(session.statements(), template.id()));
    }
}
