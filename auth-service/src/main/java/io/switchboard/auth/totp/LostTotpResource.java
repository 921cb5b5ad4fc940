package io.switchboard.auth.totp;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** The second factor that a user has lost, for the organization's admins to take away, and for operators. */
@Path("/api/users/{id}/totp")
public class LostTotpResource {
    private final CallerContext caller;
    private final Enrolment enrolment;

    LostTotpResource(CallerContext caller, Enrolment enrolment) {
        this.caller = caller;
        this.enrolment = enrolment;
    }

    /** Fails with {@code user_not_found}, {@code second_factor_not_found}, or {@code own_second_factor} for one's own. */
    @DELETE
    @ResponseStatus(204)
    public Uni<Void> reset(@RestPath UUID id) {
        return enrolment.reset(caller, id);
    }
}
