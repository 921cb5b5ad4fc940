package io.switchboard.kit.member;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an organization as auth-service pushes them.
 *
 * @param isActive false while it is suspended; null is true
 */
public record OrganizationSettingsForm(
        @NotBlank String timeZone,
        @NotBlank String defaultRegion,
        @NotNull Map<String, Object> businessHours,
        @Nullable Boolean isActive,
        @NotNull Long version) {}
