package io.switchboard.auth.session;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.access.AccessFilter;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** The sessions of the user who calls, and ending them. Access tokens that were issued stay valid for their five minutes. */
@Path("/api/me/sessions")
public class UserSessionResource {
    private final CallerContext caller;
    private final UserSessions sessions;

    UserSessionResource(CallerContext caller, UserSessions sessions) {
        this.caller = caller;
        this.sessions = sessions;
    }

    @GET
    public Uni<PageOf<UserSessionView>> list(@BeanParam Page page, @Context RoutingContext request) {
        return sessions.list(caller, AccessFilter.token(request).session(), page);
    }

    /** Signs out everywhere, here too. */
    @DELETE
    public Uni<Void> endAll() {
        return sessions.endAll(caller);
    }

    /** Fails with {@code session_not_found}. */
    @DELETE
    @Path("{id}")
    public Uni<Void> end(@RestPath UUID id) {
        return sessions.end(caller, id);
    }
}
