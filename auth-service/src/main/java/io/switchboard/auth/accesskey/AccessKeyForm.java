package io.switchboard.auth.accesskey;

import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A new access key.
 *
 * @param expiresAt within a year; in a year where it is absent
 */
public record AccessKeyForm(
        @NotNull @NullOrNotBlank @Size(max = 120) String name,

        @NotNull @Pattern(regexp = "admin|agent|user|enterprise", message = "must be admin, agent, user or enterprise")
        String role,

        @Nullable @Future OffsetDateTime expiresAt) {}
