package io.switchboard.auth.password;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A new password from the holder of the token of a mail. */
record PasswordResetForm(
        @NotNull @NullOrNotBlank @Size(max = 200) String token,
        @NotNull @Size(max = 1000) String newPassword) {

    @Override
    public String toString() {
        return "PasswordResetForm";
    }
}
