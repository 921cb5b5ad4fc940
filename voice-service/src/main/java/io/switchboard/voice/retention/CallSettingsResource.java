package io.switchboard.voice.retention;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** For how long an organization keeps what its calls leave behind. */
@Path("/api/calls/settings")
@Tag(name = "Calls")
public class CallSettingsResource {
    private final CallerContext caller;
    private final CallSettings settings;

    CallSettingsResource(CallerContext caller, CallSettings settings) {
        this.caller = caller;
        this.settings = settings;
    }

    @GET
    @Operation(summary = "Show the call settings")
    public Uni<CallSettingsView> show() {
        return settings.show(caller);
    }

    /** Fails with {@code changed_meanwhile} or {@code invalid}. */
    @PUT
    @Operation(
            summary = "Replace the call settings",
            description =
                    "Days from the first event of a call, and from the arrival of what providers sent. What is older is removed"
                            + " from the next minutes on, then once a day, and cannot be brought back. null, or leaving a field"
                            + " out, is for ever.")
    public Uni<CallSettingsView> put(@BeanParam IfMatch ifMatch, @NotNull @Valid CallSettingsForm form) {
        return settings.put(caller, form, ifMatch);
    }
}
