package io.switchboard.auth.signup;

import io.switchboard.auth.user.Users;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** A new organization and its first admin. */
record SignupForm(
        @NotBlank @Size(max = 200) String organizationName,

        @NotBlank
        @Email
        @Pattern(regexp = Users.KNOWN_LETTERS, message = "must be a well-formed email address")
        @Size(max = 254)
        String email,

        @NotNull @Size(max = 1000) String password,
        @NotBlank @Size(max = 200) String fullName) {

    @Override
    public String toString() {
        return "SignupForm";
    }
}
