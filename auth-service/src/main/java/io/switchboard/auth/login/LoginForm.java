package io.switchboard.auth.login;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Who wants in, by password.
 *
 * @param deviceToken of an earlier sign-in on the same device
 * @param code of the authenticator, or a recovery code; for users who have set up the second factor
 */
record LoginForm(
        @NotNull @NullOrNotBlank @Size(max = 254) String email,
        @NotNull @Size(max = 1000) String password,
        @Nullable @Size(max = 100) String deviceToken,
        @Nullable @Size(max = 20) String code) {

    @Override
    public String toString() {
        return "LoginForm";
    }
}
