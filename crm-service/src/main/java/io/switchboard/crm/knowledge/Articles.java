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
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/** The articles of an organization: staff read working copies, others what is published. Row security holds it, too. */
@ApplicationScoped
class Articles implements PanacheRepositoryBase<Article, UUID> {
    private static final Set<String> STAFF = Set.of("admin", "agent");

    private final TenantSql sql;

    Articles(TenantSql sql) {
        this.sql = sql;
    }

    /** The working copy, inside {@code TenantWork}. Fails with {@code article_not_found}. */
    Uni<Article> get(UUID id) {
        return findById(id).onItem().ifNull().failWith(() -> Problem.notFound("article", id));
    }

    /** Writes a new or changed one, and reads back what the database sets. Fails with {@code invalid} for a category that is not there. */
    Uni<Article> save(Article article) {
        return persistAndFlush(article).call(() -> Panache.getSession().chain(session -> session.refresh(article)));
    }

    /** Fails with {@code article_not_found}, for readers also where it is not published. */
    Uni<ArticleView> show(CallerContext caller, UUID id) {
        var select = isStaff(caller)
                ? ArticleView.WORKING_COPY + " and id = $2"
                : ArticleView.PUBLISHED + " and article_id = $2";
        return sql.first(caller, select, Tuple.of(caller.orgId(), id), ArticleView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("article", id));
    }

    Uni<PageOf<ArticleItem>> list(CallerContext caller, ArticleFilter filter, Page page) {
        return sql.boundedPage(
                caller,
                query(caller.orgId(), isStaff(caller), filter, page),
                ArticleItem::of,
                ArticleItem.LONG_TEXTS,
                last -> Cursor.at(last.createdAt(), last.id()));
    }

    private static boolean isStaff(CallerContext caller) {
        return STAFF.contains(caller.role());
    }

    /** Newest first, which their ids tell. The test of the plans calls it, too. */
    static ListQuery query(UUID orgId, boolean working, ArticleFilter filter, Page page) {
        var id = working ? "id" : "article_id";
        var list = new ListQuery(page, working ? ArticleItem.WORKING_COPY : ArticleItem.PUBLISHED, orgId)
                .andIfGiven("category_id = ?", filter.categoryId())
                .andIfGiven("author_id = ?", filter.authorId());
        if (filter.tag() != null) {
            list.and(id + " in (select articles_tagged(?, " + working + "))", filter.tag());
        }
        if (filter.titlePart() != null) {
            list.and(id + " in (select articles_titled(?, " + working + "))", filter.titlePart());
        }
        var published = filter.published();
        if (published != null) {
            list.and(working ? "published_at is " + (published ? "not null" : "null") : published.toString());
        }
        var after = page.after();
        return (after == null ? list : list.and(id + " < ?", after.id())).ordered(id + " desc");
    }
}
