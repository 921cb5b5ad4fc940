package io.switchboard.crm.knowledge;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.EntityDeletion;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Articles of the knowledge base over HTTP. */
@Path("/api/kb/articles")
@Tag(name = "Knowledge base")
public class ArticleResource {
    private final CallerContext caller;
    private final Articles articles;

    ArticleResource(CallerContext caller, Articles articles) {
        this.caller = caller;
        this.articles = articles;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List articles",
            description = "Newest first, without their content. Staff see working copies, others what is published."
                    + " Filters combine; all of them must hold.")
    public Uni<PageOf<ArticleItem>> list(@BeanParam ArticleFilter filter, @BeanParam Page page) {
        return articles.list(caller, filter, page);
    }

    /** Fails with {@code article_not_found}. */
    @GET
    @Path("{id}")
    @Operation(
            summary = "Show an article",
            description = "Staff see the working copy, others what is published; a draft is 404 for them.")
    public Uni<ArticleView> show(@RestPath UUID id) {
        return articles.show(caller, id);
    }

    /** Fails with {@code invalid} for a category that is not there. */
    @POST
    @ResponseStatus(201)
    @TenantWork
    @Operation(summary = "Add an article", description = "It is a draft until it is published.")
    public Uni<ArticleView> create(@NotNull @Valid ArticleForm form) {
        return articles.save(new Article(caller, form)).map(Article::view);
    }

    /** Fails with {@code article_not_found}, {@code changed_meanwhile}, or {@code invalid} for a category that is not there. */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @TenantWork
    @Operation(
            summary = "Change an article's working copy",
            description = "Readers and searches have what is published until the next publish.")
    public Uni<ArticleView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(ArticleForm.class) MergePatch<ArticleForm> patch) {
        return change(id, ifMatch, article -> article.revise(patch.on(article.form())));
    }

    /** Fails with {@code article_not_found} or {@code changed_meanwhile}. */
    @POST
    @Path("{id}/publish")
    @TenantWork
    @Operation(
            summary = "Publish an article's working copy",
            description = "It becomes a new version. Without unpublished changes nothing happens.")
    public Uni<ArticleView> publish(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return change(id, ifMatch, Article::publish);
    }

    /** Fails with {@code article_not_found} or {@code changed_meanwhile}. */
    @POST
    @Path("{id}/unpublish")
    @TenantWork
    @Operation(summary = "Take an article from readers", description = "It is a draft again; its versions stay.")
    public Uni<ArticleView> unpublish(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return change(id, ifMatch, Article::unpublish);
    }

    /** Fails with {@code article_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @Path("{id}")
    @TenantWork
    @Operation(summary = "Delete an article", description = "With its versions.")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return articles.get(id).invoke(ifMatch::check).chain(article -> EntityDeletion.delete(articles, article));
    }

    private Uni<ArticleView> change(UUID id, IfMatch ifMatch, Consumer<Article> change) {
        return articles.get(id)
                .invoke(ifMatch::check)
                .invoke(change)
                .chain(articles::save)
                .map(Article::view);
    }
}
