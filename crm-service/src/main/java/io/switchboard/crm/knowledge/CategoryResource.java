package io.switchboard.crm.knowledge;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Filters;
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
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Categories of the knowledge base over HTTP. */
@Path("/api/kb/categories")
@Tag(name = "Knowledge base")
public class CategoryResource {
    private final CallerContext caller;
    private final Categories categories;

    CategoryResource(CallerContext caller, Categories categories) {
        this.caller = caller;
        this.categories = categories;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List categories", description = "By name; parentId tells how they lie in each other.")
    public Uni<PageOf<CategoryView>> list(
            @QueryParam("parentId") @Parameter(description = "Those in this category alone") @Nullable String parentId,
            @BeanParam Page page) {
        return categories.list(caller, Filters.uuid("parentId", parentId), page);
    }

    /** Fails with {@code category_not_found}. */
    @GET
    @Path("{id}")
    @TenantWork
    @Operation(summary = "Show a category")
    public Uni<CategoryView> show(@RestPath UUID id) {
        return categories.get(id).map(Category::view);
    }

    /** Fails with {@code category_too_deep}, or {@code invalid} for a parent that is not there. */
    @POST
    @ResponseStatus(201)
    @TenantWork
    @Operation(summary = "Add a category", description = "Categories are at most ten deep.")
    public Uni<CategoryView> create(@NotNull @Valid CategoryForm form) {
        return categories.save(new Category(caller, form)).map(Category::view);
    }

    /**
     * Fails with {@code category_not_found}, {@code changed_meanwhile}, {@code category_cycle}, {@code category_too_deep}, or
     * {@code invalid} for a parent that is not there.
     */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @TenantWork
    @Operation(
            summary = "Change a category",
            description = "parentId moves it with all that is in it, but not into itself: 409 category_cycle.")
    public Uni<CategoryView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(CategoryForm.class) MergePatch<CategoryForm> patch) {
        return categories
                .get(id)
                .invoke(ifMatch::check)
                .invoke(category -> category.revise(patch.on(category.form())))
                .chain(categories::save)
                .map(Category::view);
    }

    /** Fails with {@code category_not_found}, {@code changed_meanwhile} or {@code category_in_use}. */
    @DELETE
    @Path("{id}")
    @TenantWork
    @Operation(
            summary = "Delete a category",
            description = "Only an empty one: 409 category_in_use while an article or a category is in it.")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return categories.get(id).invoke(ifMatch::check).chain(category -> EntityDeletion.delete(categories, category));
    }
}
