package io.switchboard.crm.notification;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Creates notifications for other services. */
@Path("/internal/notifications")
@Tag(name = "Internal")
public class NotificationRequestResource {
    private final Notifications notifications;

    NotificationRequestResource(Notifications notifications) {
        this.notifications = notifications;
    }

    /** Fails with {@code invalid}, or with {@code unavailable} before the organization's first member has arrived. */
    @POST
    @TenantWork
    @Operation(
            summary = "Notify a user, or everybody active in some roles",
            description = "With an Idempotency-Key, repeats have no further effect.")
    public Uni<CreatedNotifications> create(@NotNull @Valid NotificationForm form) {
        return notifications.create(form);
    }
}
