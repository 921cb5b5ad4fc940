package io.switchboard.auth.user;

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

/** Users about themselves. */
@Path("/api/me")
public class MeResource {
    private final Tenant tenant;
    private final Users users;

    MeResource(Tenant tenant, Users users) {
        this.tenant = tenant;
        this.users = users;
    }

    @GET
    public Uni<UserView> show() {
        return users.show(tenant, tenant.userId());
    }

    /** Fails with {@code changed_meanwhile}. */
    @PATCH
    @Consumes({"application/merge-patch+json", "application/json"})
    public Uni<UserView> revise(
            @BeanParam IfMatch ifMatch, @RequestBodySchema(ProfileForm.class) MergePatch<ProfileForm> patch) {
        return users.revise(tenant, tenant.userId(), ifMatch::check, patch::on);
    }
}
