package io.switchboard.auth.totp;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * One or the other shows that it is the user who asks.
 *
 * @param code of the authenticator, or a recovery code
 */
record ProofForm(
        @Nullable @Size(max = 1000) String currentPassword,
        @Nullable @Size(max = 20) String code) {

    @Override
    public String toString() {
        return "ProofForm";
    }
}
