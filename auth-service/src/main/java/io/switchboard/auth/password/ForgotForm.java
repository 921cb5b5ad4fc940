package io.switchboard.auth.password;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** Whose password is forgotten. */
record ForgotForm(@NotNull @NullOrNotBlank @Size(max = 254) String email) {

    @Override
    public String toString() {
        return "ForgotForm";
    }
}
