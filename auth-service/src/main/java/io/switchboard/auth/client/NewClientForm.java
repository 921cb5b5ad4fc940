package io.switchboard.auth.client;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A new client.
 *
 * @param pin null for a generated one
 */
public record NewClientForm(
        @NotNull @NullOrNotBlank @Size(max = 200) String companyName,
        @NotNull @NullOrNotBlank @Email @Size(max = 254) String contactEmail,
        @Nullable @Size(max = 20) String pin) {

    @Override
    public String toString() {
        return "NewClientForm";
    }
}
