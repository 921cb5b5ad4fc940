package io.switchboard.auth.login;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.access.Gate;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.Tenant;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** Where somebody is signed in, and signing out there. Access tokens that are out go on for their five minutes. */
@Path("/api/me/sessions")
public class OwnSessionResource {
    private final Tenant tenant;
    private final OwnSessions sessions;

    OwnSessionResource(Tenant tenant, OwnSessions sessions) {
        this.tenant = tenant;
        this.sessions = sessions;
    }

    @GET
    public Uni<PageOf<OwnSessionView>> list(@BeanParam Page page, @Context RoutingContext request) {
        return sessions.list(tenant, Gate.token(request).session(), page);
    }

    /** Signs out everywhere, here too. */
    @DELETE
    public Uni<Void> endAll() {
        return sessions.endAll(tenant);
    }

    /** Fails with {@code session_not_found}. */
    @DELETE
    @Path("{id}")
    public Uni<Void> end(@RestPath UUID id) {
        return sessions.end(tenant, id);
    }
}
