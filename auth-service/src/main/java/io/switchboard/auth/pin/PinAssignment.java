package io.switchboard.auth.pin;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.organization.Organizations;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Refusals;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.throttle.Throttle.Attempt;
import io.switchboard.auth.work.HashCaller;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Uncancellable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Giving a client a PIN, chosen or generated. An answer that a chosen PIN is taken tells a PIN of another client, so such
 * refusals count as failed PINs and are recorded, and after a few an organization gets generated PINs only.
 */
@ApplicationScoped
public class PinAssignment {
    private static final String TAKEN = "client_pin_taken";
    private static final int TRIES = 5; // with eight digits the second one is rare already

    private final CallerContext caller;
    private final Pins pins;
    private final Organizations organizations;
    private final Throttle throttle;
    private final Limits limits;
    private final Refusals refusals;

    PinAssignment(
            CallerContext caller,
            Pins pins,
            Organizations organizations,
            Throttle throttle,
            Limits limits,
            Refusals refusals) {
        this.caller = caller;
        this.pins = pins;
        this.organizations = organizations;
        this.throttle = throttle;
        this.limits = limits;
        this.refusals = refusals;
    }

    /**
     * Gives the chosen PIN, or a generated one if it is null.
     *
     * @param give stores it
     */
    public <T> Uni<T> assign(@Nullable String chosen, Function<NewPin, Uni<? extends T>> give) {
        var given = chosen == null ? assignGenerated(give) : assignChosen(chosen, give);
        return given.call(this::unlock);
    }

    private <T> Uni<T> assignGenerated(Function<NewPin, Uni<? extends T>> give) {
        return Uni.createFrom()
                .deferred(() -> hash(pins.generate(), false).chain(give))
                .onFailure(PinAssignment::isTaken)
                .retry()
                .atMost(TRIES);
    }

    /** Fails with {@code invalid}, {@code client_pin_taken}, or {@code pin_must_be_generated} (429). */
    private <T> Uni<T> assignChosen(String pin, Function<NewPin, Uni<? extends T>> give) {
        Pins.check("pin", pin);
        return Uncancellable.run(organizations
                .slug(caller)
                .chain(slug -> throttle.reserve(
                        limits.chosenPin(caller.orgId()),
                        limits.address(caller.origin().address()),
                        limits.organization(slug),
                        limits.platform().lenient()))
                .chain(attempt -> throttle.counting(
                                attempt, PinAssignment::isTaken, () -> countAndGive(pin, attempt, give))
                        .onFailure(PinAssignment::isTaken)
                        .call(() ->
                                refusals.record(caller, AuditEvent.failure("choose_pin", "clients", null), attempt))));
    }

    private <T> Uni<T> countAndGive(String pin, Attempt attempt, Function<NewPin, Uni<? extends T>> give) {
        return hash(pin, true).chain(give).call(() -> throttle.succeeded(attempt));
    }

    private Uni<NewPin> hash(String pin, boolean isChosen) {
        return pins.hash(HashCaller.proven(caller.principal()), pin)
                .map(hash -> new NewPin(pin, isChosen, hash, pins.claim(pin)));
    }

    /** A new PIN opens an organization's sign-in again, where wrong ones had closed it. */
    private Uni<Void> unlock() {
        return organizations.slug(caller).chain(slug -> throttle.reset(limits.organization(slug)));
    }

    private static boolean isTaken(Throwable failure) {
        return Throttle.is(failure, TAKEN);
    }
}
