package io.switchboard.auth.session;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.request.Origin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseStatus;

/** What a user does with a refresh token: get new tokens, or sign out. Needs no access token. */
@Path("/api/auth")
public class RefreshTokenResource {
    private final Origin.Current origin;
    private final RefreshTokens refreshTokens;

    RefreshTokenResource(Origin.Current origin, RefreshTokens refreshTokens) {
        this.origin = origin;
        this.refreshTokens = refreshTokens;
    }

    /**
     * Fails with {@code unauthorized}, or {@code too_many_refreshes} (429). A token that was spent less than 10 seconds ago gets
     * the same successor again.
     */
    @POST
    @Path("refresh")
    @AlsoAnswers(401)
    public Uni<TokensView> refresh(@NotNull @Valid RefreshForm form) {
        return refreshTokens.rotate(form.refreshToken(), origin.get());
    }

    @POST
    @Path("logout")
    @ResponseStatus(204)
    public Uni<Void> logOut(@NotNull @Valid RefreshForm form) {
        return refreshTokens.end(form.refreshToken(), origin.get());
    }
}
