package io.switchboard.auth.totp;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A code that an authenticator app shows. */
record CodeForm(@NotNull @NullOrNotBlank @Size(max = 20) String code) {

    @Override
    public String toString() {
        return "CodeForm";
    }
}
