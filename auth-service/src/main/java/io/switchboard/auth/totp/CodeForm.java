package io.switchboard.auth.totp;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A code that an authenticator app shows. */
record CodeForm(@NotBlank @Size(max = 20) String code) {

    @Override
    public String toString() {
        return "CodeForm";
    }
}
