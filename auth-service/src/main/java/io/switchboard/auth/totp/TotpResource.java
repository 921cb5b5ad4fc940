package io.switchboard.auth.totp;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** The second factor of the user who calls. */
@Path("/api/me/totp")
public class TotpResource {
    private final CallerContext caller;
    private final Enrolment enrolment;

    TotpResource(CallerContext caller, Enrolment enrolment) {
        this.caller = caller;
        this.enrolment = enrolment;
    }

    /** Begins, or begins anew until it is confirmed. Fails with {@code totp_enrolled}. */
    @POST
    @AlsoAnswers(409)
    public Uni<EnrolmentView> start() {
        return enrolment.start(caller);
    }

    /** Fails with {@code totp_not_started}, {@code totp_enrolled} or {@code invalid}. */
    @POST
    @Path("confirm")
    public Uni<RecoveryCodesView> confirm(@NotNull @Valid CodeForm form) {
        return enrolment.confirm(caller, form.code());
    }

    /**
     * By {@code currentPassword}, or by a {@code code} of the authenticator or for recovery. Fails with
     * {@code second_factor_not_found}, {@code invalid}, or {@code too_many_attempts} (429).
     */
    @DELETE
    @ResponseStatus(204)
    public Uni<Void> remove(@Nullable @Valid ProofForm form) {
        return enrolment.remove(caller, form == null ? new ProofForm(null, null) : form);
    }
}
