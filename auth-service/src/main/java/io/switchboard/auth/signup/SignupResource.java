package io.switchboard.auth.signup;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.request.Origin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Signing up with a new organization; needs no token. */
@Path("/api/auth/signup")
public class SignupResource {
    private final Origin.Current origin;
    private final Signup signup;

    SignupResource(Origin.Current origin, Signup signup) {
        this.origin = origin;
        this.signup = signup;
    }

    /** Fails with {@code email_taken}, or {@code too_many_signups} (429). */
    @POST
    @ResponseStatus(201)
    @ResponseHeader(name = HttpHeaders.LOCATION, value = "/api/organization")
    public Uni<SignupView> signUp(@NotNull @Valid SignupForm form) {
        return signup.signUp(form, origin.get());
    }
}
