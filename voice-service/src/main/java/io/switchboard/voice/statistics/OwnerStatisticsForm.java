package io.switchboard.voice.statistics;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/** Of whom statistics are asked: users, perhaps of several organizations. */
public record OwnerStatisticsForm(@NotNull @Size(max = 200) List<@NotNull @Valid UserOfOrganization> users) {

    /** A user, by the id and the organization's. */
    public record UserOfOrganization(
            @NotNull UUID orgId, @NotNull UUID userId) {}
}
