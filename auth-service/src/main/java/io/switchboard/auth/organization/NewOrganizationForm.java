package io.switchboard.auth.organization;

import io.switchboard.auth.user.Users;
import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * An organization that an operator creates.
 *
 * @param adminEmail gets the invitation to be its first admin; null for none
 */
public record NewOrganizationForm(
        @NotNull @NullOrNotBlank @Size(max = 200) String name,

        @Nullable
        @Email
        @Pattern(regexp = Users.KNOWN_LETTERS, message = "must be a well-formed email address")
        @Size(min = 3, max = 254)
        String adminEmail) {}
