package io.switchboard.auth.password;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Whose password is forgotten. */
record ForgotForm(@NotBlank @Size(max = 254) String email) {

    @Override
    public String toString() {
        return "ForgotForm";
    }
}
