package io.switchboard.auth.totp;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.password.Reauthentication;
import io.switchboard.auth.totp.SecondFactors.Factor;
import io.switchboard.auth.user.Users;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Setting up and removing a second factor. Until a code has confirmed it, signing in does not ask for it. */
@ApplicationScoped
class Enrolment {
    private final Users users;
    private final SecondFactors factors;
    private final RecoveryCodes recoveryCodes;
    private final Reauthentication proof;

    Enrolment(Users users, SecondFactors factors, RecoveryCodes recoveryCodes, Reauthentication proof) {
        this.users = users;
        this.factors = factors;
        this.recoveryCodes = recoveryCodes;
        this.proof = proof;
    }

    /** Fails with {@code totp_enrolled}. */
    Uni<EnrolmentView> start(CallerContext caller) {
        var seed = TotpSecret.next();
        return users.show(caller, caller.userId()).chain(user -> factors.start(caller, seed)
                .invoke(Enrolment::failIfEnrolled)
                .replaceWith(new EnrolmentView(seed.base32(), seed.uri(user.email()))));
    }

    /** Fails with {@code totp_not_started}, {@code totp_enrolled} or {@code invalid}. */
    Uni<RecoveryCodesView> confirm(CallerContext caller, String code) {
        var codes = recoveryCodes.next();
        return users.show(caller, caller.userId())
                .chain(user -> confirm(caller, user.email(), code, codes))
                .invoke(Enrolment::failIfEnrolled)
                .replaceWith(new RecoveryCodesView(codes));
    }

    private Uni<Boolean> confirm(CallerContext caller, String email, String code, List<String> codes) {
        return factors.find(caller)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.conflict("totp_not_started", "There is nothing to confirm."))
                .invoke(factor -> failIfEnrolled(!factor.confirmed()))
                .chain(factor -> factors.confirm(caller, email, factor, step(caller, factor, code), codes));
    }

    /** Fails with {@code second_factor_not_found}, {@code invalid}, or {@code too_many_attempts} (429). */
    Uni<Void> remove(CallerContext caller, ProofForm form) {
        return proof.demand(caller, credential(caller, form))
                .chain(account -> factors.remove(caller, caller.userId(), account.email(), "totp_removed"))
                .invoke(Enrolment::failIfNotFound)
                .replaceWithVoid();
    }

    /** Fails with {@code user_not_found}, {@code second_factor_not_found}, or {@code own_second_factor}. */
    Uni<Void> reset(CallerContext caller, UUID userId) {
        if (userId.equals(caller.userId())) {
            throw Problem.conflict("own_second_factor", "Your own is removed at /api/me/totp, by password or code.");
        }
        return users.tenantOf(userId, caller)
                .chain(there -> users.show(there, userId)
                        .chain(user -> factors.remove(there, userId, user.email(), "totp_reset")))
                .invoke(Enrolment::failIfNotFound)
                .replaceWithVoid();
    }

    private long step(CallerContext caller, Factor factor, String code) {
        return factors.seed(caller, factor)
                .step(code.replace(" ", ""), factor.step())
                .orElseThrow(() -> Problem.invalid("code", "is not right"));
    }

    private Reauthentication.PresentedCredential credential(CallerContext caller, ProofForm form) {
        if (form.code() != null) {
            return new Reauthentication.PresentedCredential(
                    "totp_removed", "code", account -> factors.spend(caller, form.code()));
        }
        if (form.currentPassword() == null) {
            throw Problem.invalid("currentPassword", "or code is needed");
        }
        return proof.password("totp_removed", "currentPassword", form.currentPassword());
    }

    private static void failIfEnrolled(boolean done) {
        if (!done) {
            throw Problem.conflict("totp_enrolled", "The second factor is set up already.");
        }
    }

    private static void failIfNotFound(boolean done) {
        if (!done) {
            throw Problem.notFound("second_factor", null);
        }
    }
}
