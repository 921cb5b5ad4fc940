package io.switchboard.auth.subscription;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.user.Users;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.jboss.resteasy.reactive.RestPath;

/** The subscriptions: users see their own, operators change each. */
@Path("/api/subscriptions")
public class SubscriptionResource {
    private final CallerContext caller;
    private final Users users;
    private final Subscriptions subscriptions;

    SubscriptionResource(CallerContext caller, Users users, Subscriptions subscriptions) {
        this.caller = caller;
        this.users = users;
        this.subscriptions = subscriptions;
    }

    @GET
    @Path("current")
    public Uni<SubscriptionView> show() {
        return subscriptions.show(caller, caller.userId());
    }

    /** A tier brings its limits, unless others are named with it. Fails with {@code user_not_found} or {@code changed_meanwhile}. */
    @PATCH
    @Path("{userId}")
    @Consumes({"application/merge-patch+json", "application/json"})
    public Uni<SubscriptionView> revise(
            @RestPath UUID userId,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(SubscriptionForm.class) MergePatch<SubscriptionForm> patch) {
        return users.tenantOf(userId, caller)
                .chain(there -> subscriptions.revise(
                        there,
                        userId,
                        ifMatch::check,
                        form -> patch.on(patch.names("tier") ? form.withTierLimits() : form)));
    }
}
