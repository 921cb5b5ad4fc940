package io.switchboard.crm.notification;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** By which channels the caller wants to be notified. */
@Path("/api/notifications/preferences")
@Tag(name = "Notifications")
public class PreferenceResource {
    private final CallerContext caller;
    private final Preferences preferences;

    PreferenceResource(CallerContext caller, Preferences preferences) {
        this.caller = caller;
        this.preferences = preferences;
    }

    @GET
    @Operation(summary = "Show own preferences", description = "Lists every type.")
    public Uni<NotificationPreferences> show() {
        return preferences.find(caller);
    }

    /** Fails with {@code invalid}. */
    @PUT
    @Operation(
            summary = "Replace own preferences",
            description = "Types that are not given come by app alone. Every type comes by app: 422 without it.")
    public Uni<NotificationPreferences> put(@NotNull @Valid NotificationPreferences form) {
        return preferences.put(caller, form);
    }
}
