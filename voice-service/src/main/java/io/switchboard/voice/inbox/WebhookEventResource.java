package io.switchboard.voice.inbox;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.provider.Providers;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Webhook events over HTTP. */
@Path("/api/webhook-events")
@Tag(name = "Webhook events")
public class WebhookEventResource {
    private final CallerContext caller;
    private final Providers providers;
    private final WebhookEvents events;
    private final EventBodies bodies;
    private final EventWorker worker;

    WebhookEventResource(
            CallerContext caller, Providers providers, WebhookEvents events, EventBodies bodies, EventWorker worker) {
        this.caller = caller;
        this.providers = providers;
        this.events = events;
        this.bodies = bodies;
        this.worker = worker;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List webhook events", description = "Newest first, those of deleted endpoints too.")
    public Uni<PageOf<WebhookEventView>> list(
            @RestQuery @Nullable @Parameter(description = "pending, running, done or dead") String status,
            @RestQuery @Nullable @Parameter(description = "As in the endpoint's URL") String provider,
            @BeanParam Page page) {
        return events.list(caller, EnumParam.of(EventStatus.class, "status", status), known(provider), page);
    }

    /** Fails with {@code webhook_event_not_found}, and with {@code unavailable} while another large body is read. */
    @GET
    @Path("{id}")
    @Operation(
            summary = "Show a webhook event",
            description = "With the body as it was received: as text, or in Base64 where it is not UTF-8.")
    public Uni<WebhookEventView> show(@RestPath UUID id) {
        return bodies.show(caller, id);
    }

    /** Fails with {@code webhook_event_not_found} or {@code webhook_event_not_dead}. */
    @POST
    @Path("{id}/replay")
    @Operation(summary = "Try a dead event again", description = "It is pending again; any other is refused with 409.")
    public Uni<WebhookEventView> replay(@RestPath UUID id) {
        return events.replay(caller, id).invoke(worker::wake);
    }

    @POST
    @Path("replay")
    @Operation(
            summary = "Try all dead events of the organization again",
            description = "The newest 50,000 at a time: where more is true, ask again.")
    public Uni<Replayed> replayAll() {
        return events.replayAll(caller).invoke(worker::wake);
    }

    private @Nullable String known(@Nullable String provider) {
        if (provider == null || provider.isEmpty()) {
            return null;
        }
        if (providers.named(provider) == null) {
            throw Filters.invalid("provider", providers.rule());
        }
        return provider;
    }
}
