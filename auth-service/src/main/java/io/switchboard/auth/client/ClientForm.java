package io.switchboard.auth.client;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What may be changed of a client; its PIN has an operation of its own. */
public record ClientForm(
        @NotNull @NullOrNotBlank @Size(max = 200) String companyName,
        @NotNull @NullOrNotBlank @Email @Size(max = 254) String contactEmail,
        @NotNull Boolean isActive) {}
