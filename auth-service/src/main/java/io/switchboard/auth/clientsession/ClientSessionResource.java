package io.switchboard.auth.clientsession;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.secret.OpaqueToken;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/** A PIN client's own session; its bearer token is the session's, not an access token. */
@Path("/api/auth/session")
@SecurityScheme(
        securitySchemeName = "clientSession",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "session token",
        description = "Of a PIN client, from POST /api/auth/pin")
@SecurityRequirement(name = "clientSession")
public class ClientSessionResource {
    private static final String SCHEME = "Bearer ";

    private final Origin.Current origin;
    private final ClientSessions sessions;

    ClientSessionResource(Origin.Current origin, ClientSessions sessions) {
        this.origin = origin;
        this.sessions = sessions;
    }

    /** Fails with {@code unauthorized}. */
    @GET
    @AlsoAnswers(401)
    public Uni<SessionView> show(@HeaderParam("Authorization") @Nullable String authorization) {
        return sessions.validate(token(authorization));
    }

    /** Fails with {@code unauthorized}. */
    @DELETE
    @AlsoAnswers(401)
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
