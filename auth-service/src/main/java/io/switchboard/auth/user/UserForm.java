package io.switchboard.auth.user;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.Problem.FieldError;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What others than a user itself decide about it.
 *
 * @param role null for operators, whose role nobody gives or takes
 * @param monthlyTokenQuota tokens
 */
public record UserForm(
        @Nullable
        @Pattern(
                regexp = "admin|agent|user|enterprise|customer",
                message = "must be admin, agent, user, enterprise or customer")
        String role,

        @NotNull Boolean isActive,
        @NotNull @Min(0) @Max(1_000_000) Integer maxAgents,
        @NotNull @Min(0) @Max(1_000_000_000_000_000L) Long monthlyTokenQuota) {

    static UserForm of(UserView user) {
        var role = user.role() == Role.PLATFORM_ADMIN ? null : user.role().wire();
        return new UserForm(role, user.isActive(), user.maxAgents(), user.monthlyTokenQuota());
    }

    /** Itself, if it may become of the user. Fails with {@code invalid}. */
    UserForm checked(UserView user, boolean mayRaise) {
        var errors = new ArrayList<FieldError>();
        if ((role == null) != (user.role() == Role.PLATFORM_ADMIN)) {
            errors.add(new FieldError("role", role == null ? "must not be null" : "of an operator stays"));
        }
        if (!mayRaise && maxAgents > user.maxAgents()) {
            errors.add(new FieldError("maxAgents", "must not be raised"));
        }
        if (!mayRaise && monthlyTokenQuota > user.monthlyTokenQuota()) {
            errors.add(new FieldError("monthlyTokenQuota", "must not be raised"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return this;
    }
}
