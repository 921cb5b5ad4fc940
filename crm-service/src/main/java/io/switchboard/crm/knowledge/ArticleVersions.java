package io.switchboard.crm.knowledge;

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
import java.util.UUID;

/** What was published of articles. The database writes it, when an article is published. */
@ApplicationScoped
class ArticleVersions {
    private static final String OF_ARTICLE =
            "select " + ArticleVersionView.COLUMNS + " from kb_versions where org_id = $1 and article_id = $2";

    private final TenantSql sql;
    private final Articles articles;

    ArticleVersions(TenantSql sql, Articles articles) {
        this.sql = sql;
        this.articles = articles;
    }

    /** Newest first. Fails with {@code article_not_found}. */
    Uni<PageOf<ArticleVersionView>> list(CallerContext caller, UUID article, Page page) {
        return sql.boundedPage(
                        caller,
                        query(caller.orgId(), article, page),
                        ArticleVersionView::of,
                        ArticleVersionView.LONG_TEXTS,
                        last -> Cursor.at(last.createdAt(), last.id()))
                .call(found -> found.items().isEmpty()
                        ? articles.show(caller, article)
                        : Uni.createFrom().voidItem());
    }

    /** Inside {@code TenantWork}. Fails with {@code version_not_found}. */
    Uni<ArticleVersionView> get(CallerContext caller, UUID article, int number) {
        return SessionSql.current()
                .chain(session -> session.statements()
                        .first(
                                OF_ARTICLE + " and number = $3",
                                Tuple.of(caller.orgId(), article, number),
                                ArticleVersionView::of))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("version", number));
    }

    /** The test of the plan calls it, too. */
    static ListQuery query(UUID orgId, UUID article, Page page) {
        return new ListQuery(page, OF_ARTICLE, orgId, article).newestFirstById();
    }
}
