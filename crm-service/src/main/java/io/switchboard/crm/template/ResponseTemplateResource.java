package io.switchboard.crm.template;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.staff.Staff;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
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
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Templates over HTTP. */
@Path("/api/templates")
@Tag(name = "Templates")
public class ResponseTemplateResource {
    private final CallerContext caller;
    private final ResponseTemplates templates;
    private final Renderings renderings;
    private final Staff staff;

    ResponseTemplateResource(CallerContext caller, ResponseTemplates templates, Renderings renderings, Staff staff) {
        this.caller = caller;
        this.templates = templates;
        this.renderings = renderings;
        this.staff = staff;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List templates", description = "Newest first.")
    public Uni<PageOf<ResponseTemplateView>> list(
            @QueryParam("teamId") @Parameter(description = "A team") @Nullable String teamId, @BeanParam Page page) {
        return templates.list(Filters.uuid("teamId", teamId), page);
    }

    /** Fails with {@code template_not_found}. */
    @GET
    @Path("{id}")
    @Operation(summary = "Show a template")
    public Uni<ResponseTemplateView> show(@RestPath UUID id) {
        return templates.show(id);
    }

    /** Fails with {@code invalid} for a team that is not there, and an agent who is no active admin or agent. */
    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Add a template",
            description =
                    "Placeholders: contact.name, contact.phone, contact.email, ticket.number, ticket.title, ticket.status,"
                            + " ticket.priority, ticket.createdAt, customer.name, customer.email, agent.name, team.name, and user.name,"
                            + " who sends the text. With set it is a macro.")
    public Uni<ResponseTemplateView> add(@NotNull @Valid ResponseTemplateForm form) {
        form.check();
        return checkAgent(form.agentId()).chain(() -> templates.add(form));
    }

    /**
     * Fails with {@code template_not_found}, {@code changed_meanwhile}, or {@code invalid} for a team that is not there, and an agent who is
     * no active admin or agent.
     */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @Operation(summary = "Change a template")
    public Uni<ResponseTemplateView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(ResponseTemplateForm.class) MergePatch<ResponseTemplateForm> patch) {
        return templates
                .show(id)
                .map(ResponseTemplateView::form)
                .chain(before -> checkAgent(before, patch.on(before)))
                .chain(() -> templates.revise(id, ifMatch, patch));
    }

    /** Fails with {@code template_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a template")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return templates.delete(id, ifMatch);
    }

    /** Fails with {@code template_not_found}, {@code text_too_long}, or {@code invalid} for a ticket or contact that is not there. */
    @POST
    @Path("{id}/render")
    @Operation(
            summary = "Render a template",
            description =
                    "For a ticket, a contact, or neither. Placeholders without a value leave nothing behind and are in missing.")
    public Uni<RenderedTemplateView> render(@RestPath UUID id, @NotNull @Valid RenderingForm form) {
        return renderings.render(id, form);
    }

    private Uni<Void> checkAgent(ResponseTemplateForm before, ResponseTemplateForm after) {
        return checkAgent(Objects.equals(before.agentId(), after.agentId()) ? null : after.agentId());
    }

    private Uni<Void> checkAgent(@Nullable UUID agentId) {
        return agentId == null
                ? Uni.createFrom().voidItem()
                : staff.check(caller, "set.assign.agentId", List.of(agentId));
    }
}
