package io.switchboard.auth.client;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.token.OpaqueToken;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;

/** A PIN client's own session; its bearer token is the session's, not an access token. */
@Path("/api/auth/session")
public class SessionResource {
    private static final String SCHEME = "Bearer ";

    private final Origin.Current origin;
    private final ClientSessions sessions;

    SessionResource(Origin.Current origin, ClientSessions sessions) {
        this.origin = origin;
        this.sessions = sessions;
    }

    /** Fails with {@code unauthorized}. */
    @GET
    public Uni<SessionView> show(@HeaderParam("Authorization") @Nullable String authorization) {
        return sessions.validate(token(authorization));
    }

    /** Fails with {@code unauthorized}. */
    @DELETE
    public Uni<Void> end(@HeaderParam("Authorization") @Nullable String authorization) {
        return sessions.end(token(authorization), origin.get());
    }

    private static OpaqueToken token(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Problem.unauthorized();
        }
        return OpaqueToken.shown(authorization.substring(SCHEME.length()).trim());
    }
}
