package io.switchboard.crm.notification;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where other services ask for people to be told something. */
@Path("/internal/notifications")
@Tag(name = "Internal")
public class NotificationRequestResource {
    private final Notifications notifications;

    NotificationRequestResource(Notifications notifications) {
        this.notifications = notifications;
    }

    /** How many people were told. */
    public record Told(int created) {}

    /** Fails with {@code invalid}, or with {@code unavailable} until the organization's members are known here. */
    @POST
    @TenantWork
    @Operation(
            summary = "Notify a user, or everybody active in some roles",
            description = "With an Idempotency-Key it happens once, however often it is asked for.")
    public Uni<Told> create(@NotNull @Valid NotificationForm form) {
        return notifications.create(form).map(Told::new);
    }
}
