package io.switchboard.crm.knowledge;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The versions of an article over HTTP. */
@Path("/api/kb/articles/{id}/versions")
@Tag(name = "Knowledge base")
public class ArticleVersionResource {
    private final CallerContext caller;
    private final Articles articles;
    private final ArticleVersions versions;

    ArticleVersionResource(CallerContext caller, Articles articles, ArticleVersions versions) {
        this.caller = caller;
        this.articles = articles;
        this.versions = versions;
    }

    /** Fails with {@code article_not_found}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List what was published of an article", description = "Newest first.")
    public Uni<PageOf<ArticleVersionView>> list(@RestPath UUID id, @BeanParam Page page) {
        return versions.list(caller, id, page);
    }

    /** Fails with {@code article_not_found}, {@code version_not_found} or {@code changed_meanwhile}. */
    @POST
    @Path("{n}/restore")
    @TenantWork
    @Operation(
            summary = "Bring a version back into the working copy",
            description = "Title, content, tags, metadata and language; the category stays. Readers see it when it is"
                    + " published.")
    public Uni<ArticleView> restore(@RestPath UUID id, @RestPath int n, @BeanParam IfMatch ifMatch) {
        return articles.get(id)
                .invoke(ifMatch::check)
                .call(article -> versions.get(caller, id, n)
                        .invoke(version ->
                                article.revise(version.form(article.form().categoryId()))))
                .chain(articles::save)
                .map(Article::view);
    }
}
