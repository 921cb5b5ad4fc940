package io.switchboard.audit.event;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.access.AccessFilter;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** Records events of the services, for all their organizations. */
@Path("/api/audit/events")
public class EventResource {
    private final Events events;

    EventResource(Events events) {
        this.events = events;
    }

    /** Fails with {@code malformed_json}, {@code malformed_encoding}, {@code unsupported_encoding} or {@code body_too_large}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Record a batch of up to 1,000 events, each once; plain or packed with gzip")
    public Uni<BatchResult> record(
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema =
                                                    @Schema(type = SchemaType.ARRAY, implementation = EventForm.class)))
                    byte[] body,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            @Context RoutingContext request) {
        return events.take(Body.of(body, encoding), AccessFilter.token(request).service());
    }
}
