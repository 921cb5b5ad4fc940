package io.switchboard.auth.organization;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** All organizations, for operators. */
@Path("/api/organizations")
public class OrganizationAdminResource {
    private final CallerContext operator;
    private final Organizations organizations;
    private final OrganizationAdmin admin;

    OrganizationAdminResource(CallerContext operator, Organizations organizations, OrganizationAdmin admin) {
        this.operator = operator;
        this.organizations = organizations;
        this.admin = admin;
    }

    @GET
    public Uni<PageOf<OrganizationSummary>> list(@BeanParam Page page) {
        return organizations.list(operator, page);
    }

    /** Fails with {@code organization_not_found}. */
    @GET
    @Path("{id}")
    public Uni<OrganizationView> show(@RestPath UUID id) {
        return organizations.show(within(id));
    }

    /** Fails with {@code email_taken}. */
    @POST
    @ResponseStatus(201)
    public Uni<NewOrganizationView> create(@NotNull @Valid NewOrganizationForm form) {
        return admin.create(form);
    }

    /**
     * Suspending ends all sessions of its users and clients. Fails with {@code organization_not_found},
     * {@code changed_meanwhile} or {@code platform_stays_active}.
     */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    public Uni<OrganizationView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(OrganizationStatusForm.class) MergePatch<OrganizationStatusForm> patch) {
        return organizations.reviseStatus(within(id), ifMatch::check, patch::on);
    }

    /** The organization's tenant, with the operator as the actor. */
    private CallerContext within(UUID id) {
        return CallerContext.Value.onBehalf(id, operator, "auth-service");
    }
}
