package io.switchboard.auth.signup;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A new user by invitation; e-mail and role are those of the invitation. */
record InvitationAcceptanceForm(
        @NotNull @NullOrNotBlank @Size(max = 100) String token,
        @NotNull @Size(max = 1000) String password,
        @NotNull @NullOrNotBlank @Size(max = 200) String fullName) {

    @Override
    public String toString() {
        return "AcceptanceForm";
    }
}
