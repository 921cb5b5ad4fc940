package io.switchboard.auth.organization;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** What operators decide about an organization. */
public record OrganizationStatusForm(
        @NotBlank @Size(max = 200) String name,

        @NotNull @Pattern(regexp = "active|suspended", message = "must be active or suspended")
        String status) {}
