package io.switchboard.crm.notification;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What was created of a notification for several users.
 *
 * @param created how many users are notified
 * @param ids one for each of them, in no order
 */
public record CreatedNotifications(int created, List<UUID> ids) {
    /** @param ids separated by commas */
    static CreatedNotifications of(String ids) {
        var list = ids.isEmpty()
                ? List.<UUID>of()
                : Stream.of(ids.split(",")).map(UUID::fromString).toList();
        return new CreatedNotifications(list.size(), list);
    }
}
