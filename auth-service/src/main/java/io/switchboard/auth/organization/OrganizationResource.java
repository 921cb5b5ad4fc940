package io.switchboard.auth.organization;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;

/** The caller's own organization, for its admins. */
@Path("/api/organization")
public class OrganizationResource {
    private final CallerContext caller;
    private final Organizations organizations;

    OrganizationResource(CallerContext caller, Organizations organizations) {
        this.caller = caller;
        this.organizations = organizations;
    }

    @GET
    public Uni<OrganizationView> show() {
        return organizations.show(caller);
    }

    /** Fails with {@code changed_meanwhile}, or {@code totp_not_enrolled} where one without a second factor speaks of it. */
    @PATCH
    @Consumes({"application/merge-patch+json", "application/json"})
    public Uni<OrganizationView> revise(
            @BeanParam IfMatch ifMatch, @RequestBodySchema(OrganizationForm.class) MergePatch<OrganizationForm> patch) {
        return organizations.revise(caller, ifMatch::check, patch::on);
    }
}
