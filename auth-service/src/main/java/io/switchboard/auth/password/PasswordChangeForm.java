package io.switchboard.auth.password;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A new password from a user who knows the current one.
 *
 * @param refreshToken of a sign-in that is to go on beside the one that asks; for those whose access token does not say which
 *     it belongs to
 */
record PasswordChangeForm(
        @NotNull @Size(max = 1000) String currentPassword,
        @NotNull @Size(max = 1000) String newPassword,
        @Nullable @Size(max = 200) String refreshToken) {

    @Override
    public String toString() {
        return "PasswordChangeForm";
    }
}
