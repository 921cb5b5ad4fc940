package io.switchboard.auth.login;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.request.Origin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Signing up, in and out, by password. Everything here is open to anybody. */
@Path("/api/auth")
public class LoginResource {
    private final Origin.Current origin;
    private final Signup signup;
    private final PasswordLogin passwordLogin;
    private final RefreshTokens refreshTokens;

    LoginResource(Origin.Current origin, Signup signup, PasswordLogin passwordLogin, RefreshTokens refreshTokens) {
        this.origin = origin;
        this.signup = signup;
        this.passwordLogin = passwordLogin;
        this.refreshTokens = refreshTokens;
    }

    /** Fails with {@code email_taken}, or {@code too_many_signups} (429). */
    @POST
    @Path("signup")
    @ResponseStatus(201)
    @ResponseHeader(name = HttpHeaders.LOCATION, value = "/api/organization")
    @AlsoAnswers(429)
    public Uni<SignupView> signUp(@NotNull @Valid SignupForm form) {
        return signup.signUp(form, origin.get());
    }

    /**
     * Fails with {@code unauthorized}, whatever the reason, {@code second_factor_required} (401) where all is right but a code
     * is missing, or {@code too_many_attempts} (429).
     */
    @POST
    @Path("login")
    @AlsoAnswers({401, 429})
    public Uni<LoginView> logIn(@NotNull @Valid LoginForm form) {
        return passwordLogin.login(form, origin.get());
    }

    /**
     * Fails with {@code unauthorized}, or {@code too_many_refreshes} (429). A token that was spent less than 10 seconds ago gets
     * the same successor again.
     */
    @POST
    @Path("refresh")
    @AlsoAnswers({401, 429})
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
