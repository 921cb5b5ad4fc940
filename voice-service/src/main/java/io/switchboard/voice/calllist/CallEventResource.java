package io.switchboard.voice.calllist;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.inbox.EventsOfCall;
import io.switchboard.voice.inbox.WebhookEventView;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The webhook events of one call over HTTP. */
@Path("/api/calls/{id}/events")
@Tag(name = "Calls")
public class CallEventResource {
    private final CallerContext caller;
    private final Calls calls;
    private final EventsOfCall events;

    CallEventResource(CallerContext caller, Calls calls, EventsOfCall events) {
        this.caller = caller;
        this.calls = calls;
        this.events = events;
    }

    /** Fails with {@code call_not_found}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List the events of a call",
            description = "Newest first: what its provider sent about it, and what became of each event.")
    public Uni<PageOf<WebhookEventView>> list(@RestPath UUID id, @BeanParam Page page) {
        return calls.keys(caller, id).chain(keys -> events.list(caller, keys, page));
    }
}
