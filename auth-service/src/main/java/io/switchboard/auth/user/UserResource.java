package io.switchboard.auth.user;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.jboss.resteasy.reactive.RestPath;

/** The users of an organization, for its admins; operators see and change every user whose id they know. */
@Path("/api/users")
public class UserResource {
    private final CallerContext caller;
    private final Users users;

    UserResource(CallerContext caller, Users users) {
        this.caller = caller;
        this.users = users;
    }

    @GET
    public Uni<PageOf<UserView>> list(@BeanParam UserFilter filter, @BeanParam Page page) {
        return users.list(caller, filter, page);
    }

    /** Fails with {@code user_not_found}. */
    @GET
    @Path("{id}")
    public Uni<UserView> show(@RestPath UUID id) {
        return users.tenantOf(id, caller).chain(there -> users.show(there, id));
    }

    /** Fails with {@code user_not_found}, {@code changed_meanwhile}, {@code invalid} or {@code last_admin}. */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    public Uni<UserView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(UserForm.class) MergePatch<UserForm> patch) {
        return users.tenantOf(id, caller)
                .chain(there -> users.change(there, id, user -> {
                    ifMatch.check(user);
                    user.revise(patch.on(user.form()), there.service() != null); // only operators raise limits
                }));
    }

    /** Ends the user's sessions as well. Fails with {@code user_not_found}, {@code changed_meanwhile} or {@code last_admin}. */
    @DELETE
    @Path("{id}")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return users.remove(caller, id, ifMatch::check);
    }

    /** Lets a user sign in again who failed too often. Fails with {@code user_not_found}. */
    @POST
    @Path("{id}/unlock")
    public Uni<Void> unlock(@RestPath UUID id) {
        return users.unlock(caller, id);
    }
}
