package io.switchboard.auth.organization;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
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
    private final OrganizationAdmin organizations;

    OrganizationAdminResource(OrganizationAdmin organizations) {
        this.organizations = organizations;
    }

    @GET
    public Uni<PageOf<OrganizationSummary>> list(@BeanParam Page page) {
        return organizations.list(page);
    }

    /** Fails with {@code organization_not_found}. */
    @GET
    @Path("{id}")
    public Uni<OrganizationView> show(@RestPath UUID id) {
        return organizations.show(id);
    }

    /** Fails with {@code email_taken}. */
    @POST
    @ResponseStatus(201)
    public Uni<NewOrganizationView> create(@NotNull @Valid NewOrganizationForm form) {
        return organizations.found(form);
    }

    /**
     * Suspending ends all sessions of its people and clients. Fails with {@code organization_not_found},
     * {@code changed_meanwhile} or {@code platform_stays_active}.
     */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    public Uni<OrganizationView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(OrganizationStatusForm.class) MergePatch<OrganizationStatusForm> patch) {
        return organizations.revise(id, ifMatch::check, patch::on);
    }
}
