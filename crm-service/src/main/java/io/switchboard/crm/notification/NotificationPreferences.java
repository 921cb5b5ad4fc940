package io.switchboard.crm.notification;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * By which channels a user is notified, type by type.
 *
 * @param items each type at most once
 */
public record NotificationPreferences(
        @NotNull @Size(max = 20) List<@NotNull @Valid Item> items) {

    /** @param channels always with {@code app} */
    public record Item(
            @NotNull NotificationType type,
            @NotNull @Size(min = 1, max = 3) List<@NotNull NotificationChannel> channels) {}
}
