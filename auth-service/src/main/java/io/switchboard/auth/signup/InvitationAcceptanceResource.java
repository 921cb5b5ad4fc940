package io.switchboard.auth.signup;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.session.LoginView;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.request.Origin;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Accepting an invitation; needs only the token of the invitation. */
@Path("/api/invitations/accept")
public class InvitationAcceptanceResource {
    private final Origin.Current origin;
    private final InvitationAcceptance acceptance;

    InvitationAcceptanceResource(Origin.Current origin, InvitationAcceptance acceptance) {
        this.origin = origin;
        this.acceptance = acceptance;
    }

    /** Fails with {@code invitation_not_found}, too many of them with {@code too_many_attempts} (429), or {@code email_taken}. */
    @POST
    @ResponseStatus(201)
    @ResponseHeader(name = HttpHeaders.LOCATION, value = "/api/me")
    @AlsoAnswers(404)
    public Uni<LoginView> accept(@NotNull @Valid InvitationAcceptanceForm form) {
        return acceptance.accept(form, origin.get());
    }
}
