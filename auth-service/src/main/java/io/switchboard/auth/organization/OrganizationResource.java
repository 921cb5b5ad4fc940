package io.switchboard.auth.organization;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.tenant.Tenant;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;

/** The caller's own organization, for its admins. */
@Path("/api/organization")
public class OrganizationResource {
    private final Tenant tenant;
    private final Organizations organizations;

    OrganizationResource(Tenant tenant, Organizations organizations) {
        this.tenant = tenant;
        this.organizations = organizations;
    }

    @GET
    public Uni<OrganizationView> show() {
        return organizations.show(tenant);
    }

    /** Fails with {@code changed_meanwhile}, or {@code totp_not_enrolled} where one without a second factor speaks of it. */
    @PATCH
    @Consumes({"application/merge-patch+json", "application/json"})
    public Uni<OrganizationView> revise(
            @BeanParam IfMatch ifMatch, @RequestBodySchema(OrganizationForm.class) MergePatch<OrganizationForm> patch) {
        return organizations.revise(tenant, ifMatch::check, patch::on);
    }
}
