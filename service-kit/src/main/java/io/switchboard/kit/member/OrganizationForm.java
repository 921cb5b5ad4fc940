package io.switchboard.kit.member;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Map;

/** The settings of an organization as auth-service pushes them. */
public record OrganizationForm(
        @NotBlank String timeZone,
        @NotBlank String defaultRegion,
        @NotNull Map<String, Object> businessHours,
        @NotNull Long version) {}
