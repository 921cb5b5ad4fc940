package io.switchboard.auth.signup;

import io.switchboard.auth.user.Users;
import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** A new organization and its first admin. */
record SignupForm(
        @NotNull @NullOrNotBlank @Size(max = 200) String organizationName,

        @NotNull
        @NullOrNotBlank
        @Email
        @Pattern(regexp = Users.KNOWN_LETTERS, message = "must be a well-formed email address")
        @Size(max = 254)
        String email,

        @NotNull @Size(max = 1000) String password,
        @NotNull @NullOrNotBlank @Size(max = 200) String fullName) {

    @Override
    public String toString() {
        return "SignupForm";
    }
}
