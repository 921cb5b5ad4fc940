package io.switchboard.auth.password;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.access.AccessFilter;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.ResponseStatus;

/** New passwords, for users who know the current one and for those who have forgotten it. */
@Path("/api/auth/password")
public class PasswordResource {
    private final CallerContext caller;
    private final Origin.Current origin;
    private final PasswordChange change;
    private final ResetRequest request;
    private final PasswordReset reset;

    PasswordResource(
            CallerContext caller,
            Origin.Current origin,
            PasswordChange change,
            ResetRequest request,
            PasswordReset reset) {
        this.caller = caller;
        this.origin = origin;
        this.change = change;
        this.request = request;
        this.reset = reset;
    }

    /** Fails with {@code invalid} (the current password too), or {@code too_many_attempts} (429). */
    @POST
    @Path("change")
    @ResponseStatus(204)
    public Uni<Void> change(@NotNull @Valid PasswordChangeForm form, @Context RoutingContext request) {
        return change.change(caller, AccessFilter.token(request).session(), form);
    }

    /** Answers the same for any e-mail. Fails with {@code too_many_attempts} (429) for the caller's address alone. */
    @POST
    @Path("forgot")
    @ResponseStatus(202)
    public Uni<Void> forgot(@NotNull @Valid ForgotForm form) {
        return request.ask(form.email(), origin.get());
    }

    /**
     * Fails with {@code invalid}: for a token that is unknown, used or expired, or a password that is too weak. Too many such
     * tokens from one address are {@code too_many_attempts} (429).
     */
    @POST
    @Path("reset")
    @ResponseStatus(204)
    public Uni<Void> reset(@NotNull @Valid PasswordResetForm form) {
        return reset.reset(form, origin.get());
    }
}
