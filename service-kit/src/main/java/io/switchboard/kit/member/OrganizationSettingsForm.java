package io.switchboard.kit.member;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an organization as auth-service pushes them.
 *
 * @param closures null is none
 * @param isActive false while it is suspended; null is true
 */
public record OrganizationSettingsForm(
        @NotNull @NullOrNotBlank String timeZone,
        @NotNull @NullOrNotBlank String defaultRegion,
        @NotNull Map<String, Object> businessHours,
        @Nullable @Size(max = 366) List<@NotNull @Valid Closure> closures,
        @Nullable Boolean isActive,
        @NotNull Long version) {}
