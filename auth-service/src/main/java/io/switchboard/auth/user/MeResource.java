package io.switchboard.auth.user;

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

/** The profile of the signed-in user. */
@Path("/api/me")
public class MeResource {
    private final CallerContext caller;
    private final Users users;

    MeResource(CallerContext caller, Users users) {
        this.caller = caller;
        this.users = users;
    }

    @GET
    public Uni<UserView> show() {
        return users.show(caller, caller.userId());
    }

    /** Fails with {@code changed_meanwhile}. */
    @PATCH
    @Consumes({"application/merge-patch+json", "application/json"})
    public Uni<UserView> revise(
            @BeanParam IfMatch ifMatch, @RequestBodySchema(ProfileForm.class) MergePatch<ProfileForm> patch) {
        return users.change(caller, caller.userId(), user -> {
            ifMatch.check(user);
            user.revise(patch.on(user.profile()));
        });
    }
}
