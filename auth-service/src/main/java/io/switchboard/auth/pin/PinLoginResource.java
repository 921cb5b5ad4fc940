package io.switchboard.auth.pin;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.clientsession.PinLoginView;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.request.Origin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Signing in by PIN; open to anybody. */
@Path("/api/auth/pin")
public class PinLoginResource {
    private final Origin.Current origin;
    private final PinLogin pinLogin;

    PinLoginResource(Origin.Current origin, PinLogin pinLogin) {
        this.origin = origin;
        this.pinLogin = pinLogin;
    }

    /** Fails with {@code unauthorized}, whatever the reason, or {@code too_many_attempts} or {@code pin_needs_organization} (429). */
    @POST
    @AlsoAnswers(401)
    public Uni<PinLoginView> logIn(@NotNull @Valid PinLoginForm form) {
        return pinLogin.login(form, origin.get());
    }
}
