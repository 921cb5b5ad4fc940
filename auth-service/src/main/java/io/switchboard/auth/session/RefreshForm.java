package io.switchboard.auth.session;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A refresh token as presented. */
record RefreshForm(@NotNull @NullOrNotBlank @Size(max = 200) String refreshToken) {

    @Override
    public String toString() {
        return "RefreshForm";
    }
}
