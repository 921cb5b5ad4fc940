package io.switchboard.auth.login;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.session.LoginView;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.request.Origin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Signing in by password; needs no token. */
@Path("/api/auth/login")
public class LoginResource {
    private final Origin.Current origin;
    private final PasswordLogin passwordLogin;

    LoginResource(Origin.Current origin, PasswordLogin passwordLogin) {
        this.origin = origin;
        this.passwordLogin = passwordLogin;
    }

    /**
     * Fails with {@code unauthorized}, whatever the reason, {@code second_factor_required} (401) where all is right but a code
     * is missing, or {@code too_many_attempts} (429).
     */
    @POST
    @AlsoAnswers(401)
    public Uni<LoginView> logIn(@NotNull @Valid LoginForm form) {
        return passwordLogin.login(form, origin.get());
    }
}
