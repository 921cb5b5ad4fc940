package io.switchboard.auth.user;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** The e-mail that an organization invites, and the role. */
public record InvitationForm(
        @NotNull
        @NullOrNotBlank
        @Email
        @Pattern(regexp = Users.KNOWN_LETTERS, message = "must be a well-formed email address")
        @Size(max = 254)
        String email,

        @NotNull
        @Pattern(
                regexp = "admin|agent|user|enterprise|customer",
                message = "must be admin, agent, user, enterprise or customer")
        String role) {}
