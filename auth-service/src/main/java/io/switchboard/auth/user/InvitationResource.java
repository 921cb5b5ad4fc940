package io.switchboard.auth.user;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Refusals;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Uncancellable;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Invitations, for admins. */
@Path("/api/invitations")
public class InvitationResource {
    private static final String TAKEN = "email_taken";

    private final CallerContext caller;
    private final Invitations invitations;
    private final Throttle throttle;
    private final Limits limits;
    private final Refusals refusals;

    InvitationResource(
            CallerContext caller, Invitations invitations, Throttle throttle, Limits limits, Refusals refusals) {
        this.caller = caller;
        this.invitations = invitations;
        this.throttle = throttle;
        this.limits = limits;
        this.refusals = refusals;
    }

    @GET
    public Uni<PageOf<InvitationView>> list(@BeanParam Page page) {
        return invitations.list(page);
    }

    /** Fails with {@code invitation_not_found}. */
    @GET
    @Path("{id}")
    public Uni<InvitationView> show(@RestPath UUID id) {
        return invitations.show(id);
    }

    /**
     * Fails with {@code email_taken}, {@code too_many_attempts} (if that was answered too often) or
     * {@code too_many_invitations}.
     */
    @POST
    @ResponseStatus(201)
    public Uni<InvitationView> create(@NotNull @Valid InvitationForm form) {
        return Uncancellable.run(throttle.reserve(limits.takenEmail(caller.orgId()))
                .chain(attempt -> throttle.counting(attempt, InvitationResource::isTaken, () -> invite(form)
                                .call(() -> throttle.succeeded(attempt)))
                        .onFailure(InvitationResource::isTaken)
                        .call(() ->
                                refusals.record(caller, AuditEvent.failure("create", "invitations", null), attempt))));
    }

    /** Every invitation counts, since it is a mail. */
    private Uni<InvitationView> invite(InvitationForm form) {
        var email = Users.normal(form.email());
        return throttle.reserve(
                        limits.invitationsBy(caller.orgId()),
                        limits.invitationsOf(caller.orgId(), email),
                        limits.invitationsTo(email))
                .onFailure(Problem.class)
                .transform(InvitationResource::tooMany)
                .chain(attempt -> throttle.counting(attempt, failure -> false, () -> invitations.invite(form)));
    }

    private static boolean isTaken(Throwable failure) {
        return Throttle.is(failure, TAKEN);
    }

    private static Problem tooMany(Throwable refusal) {
        return Problem.tooMany("too_many_invitations", ((Problem) refusal).retryAfterSeconds());
    }

    /** Fails with {@code invitation_not_found}, {@code changed_meanwhile} or {@code invitation_ended}. */
    @DELETE
    @Path("{id}")
    public Uni<Void> revoke(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return invitations.revoke(id, ifMatch);
    }
}
