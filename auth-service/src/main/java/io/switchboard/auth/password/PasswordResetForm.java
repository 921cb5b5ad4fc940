package io.switchboard.auth.password;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A new password from the holder of the token of a mail. */
record PasswordResetForm(
        @NotBlank @Size(max = 200) String token,
        @NotNull @Size(max = 1000) String newPassword) {

    @Override
    public String toString() {
        return "PasswordResetForm";
    }
}
