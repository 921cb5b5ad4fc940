package io.switchboard.auth.organization;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** What operators decide about an organization. */
public record OrganizationStatusForm(
        @NotNull @NullOrNotBlank @Size(max = 200) String name,

        @NotNull @Pattern(regexp = "active|suspended", message = "must be active or suspended")
        String status) {}
