package io.switchboard.auth.totp;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.password.Proof;
import io.switchboard.auth.totp.SecondFactors.Factor;
import io.switchboard.auth.user.Users;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** How a user gets a second factor, and loses it again. Until a code has confirmed it, it locks nobody out. */
@ApplicationScoped
class Enrolment {
    private final Users users;
    private final SecondFactors factors;
    private final RecoveryCodes recoveryCodes;
    private final Proof proof;

    Enrolment(Users users, SecondFactors factors, RecoveryCodes recoveryCodes, Proof proof) {
        this.users = users;
        this.factors = factors;
        this.recoveryCodes = recoveryCodes;
        this.proof = proof;
    }

    /** Fails with {@code totp_enrolled}. */
    Uni<EnrolmentView> start(Tenant tenant) {
        var seed = Seed.next();
        return users.show(tenant, tenant.userId()).chain(user -> factors.start(tenant, seed)
                .invoke(Enrolment::orEnrolled)
                .replaceWith(new EnrolmentView(seed.base32(), seed.uri(user.email()))));
    }

    /** Fails with {@code totp_not_started}, {@code totp_enrolled} or {@code invalid}. */
    Uni<RecoveryCodesView> confirm(Tenant tenant, String code) {
        var codes = recoveryCodes.next();
        return users.show(tenant, tenant.userId())
                .chain(user -> confirm(tenant, user.email(), code, codes))
                .invoke(Enrolment::orEnrolled)
                .replaceWith(new RecoveryCodesView(codes));
    }

    private Uni<Boolean> confirm(Tenant tenant, String email, String code, List<String> codes) {
        return factors.find(tenant)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.conflict("totp_not_started", "There is nothing to confirm."))
                .invoke(factor -> orEnrolled(!factor.confirmed()))
                .chain(factor -> factors.confirm(tenant, email, factor, step(tenant, factor, code), codes));
    }

    /** Fails with {@code second_factor_not_found}, {@code invalid}, or {@code too_many_attempts} (429). */
    Uni<Void> remove(Tenant tenant, ProofForm form) {
        return proof.demand(tenant, shown(tenant, form))
                .chain(account -> factors.remove(tenant, tenant.userId(), account.email(), "totp_removed"))
                .invoke(Enrolment::orNotFound)
                .replaceWithVoid();
    }

    /** Fails with {@code user_not_found}, {@code second_factor_not_found}, or {@code own_second_factor}. */
    Uni<Void> reset(Tenant tenant, UUID userId) {
        if (userId.equals(tenant.userId())) {
            throw Problem.conflict("own_second_factor", "Your own is removed at /api/me/totp, by password or code.");
        }
        return users.tenantOf(userId, tenant)
                .chain(there -> users.show(there, userId)
                        .chain(user -> factors.remove(there, userId, user.email(), "totp_reset")))
                .invoke(Enrolment::orNotFound)
                .replaceWithVoid();
    }

    private long step(Tenant tenant, Factor factor, String code) {
        return factors.seed(tenant, factor)
                .step(code.replace(" ", ""), factor.step())
                .orElseThrow(() -> Problem.invalid("code", "is not right"));
    }

    private Proof.Shown shown(Tenant tenant, ProofForm form) {
        if (form.code() != null) {
            return new Proof.Shown("totp_removed", "code", account -> factors.spend(tenant, form.code()));
        }
        if (form.currentPassword() == null) {
            throw Problem.invalid("currentPassword", "or code is needed");
        }
        return proof.password("totp_removed", "currentPassword", form.currentPassword());
    }

    private static void orEnrolled(boolean done) {
        if (!done) {
            throw Problem.conflict("totp_enrolled", "The second factor is set up already.");
        }
    }

    private static void orNotFound(boolean done) {
        if (!done) {
            throw Problem.notFound("second_factor", null);
        }
    }
}
