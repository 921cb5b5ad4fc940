package io.switchboard.crm.knowledge;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The categories of an organization's knowledge base. */
@ApplicationScoped
class Categories implements PanacheRepositoryBase<Category, UUID> {
    private static final String LIST = "select " + CategoryView.COLUMNS + " from kb_categories where org_id = $1";

    private final TenantSql sql;

    Categories(TenantSql sql) {
        this.sql = sql;
    }

    /** Fails with {@code category_not_found}, also for another tenant's: row security hides it. */
    Uni<Category> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("category", id));
    }

    /**
     * Writes a new or changed one, and reads back the times that the database sets. Fails with {@code category_cycle},
     * {@code category_too_deep}, or {@code invalid} for a parent that is not there.
     */
    Uni<Category> save(Category category) {
        return persistAndFlush(category).call(() -> Panache.getSession().chain(session -> session.refresh(category)));
    }

    Uni<PageOf<CategoryView>> list(CallerContext caller, @Nullable UUID parentId, Page page) {
        return sql.boundedPage(
                caller,
                query(caller.orgId(), parentId, page),
                CategoryView::of,
                CategoryView.LONG_TEXTS,
                last -> new Cursor(last.name(), last.id()));
    }

    /** By name. The test of the plan calls it, too. */
    static ListQuery query(UUID orgId, @Nullable UUID parentId, Page page) {
        var list = new ListQuery(page, LIST, orgId).andIfGiven("parent_id = ?", parentId);
        var after = page.after();
        return (after == null ? list : list.and("(name, id) > (?, ?)", after.key(), after.id())).ordered("name, id");
    }
}
