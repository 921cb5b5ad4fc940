package io.switchboard.auth.password;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A new password from somebody who knows the one before.
 *
 * @param refreshToken of the sign-in that is to go on; without it all of them end
 */
record PasswordChangeForm(
        @NotNull @Size(max = 1000) String currentPassword,
        @NotNull @Size(max = 1000) String newPassword,
        @Nullable @Size(max = 100) String refreshToken) {

    @Override
    public String toString() {
        return "PasswordChangeForm";
    }
}
