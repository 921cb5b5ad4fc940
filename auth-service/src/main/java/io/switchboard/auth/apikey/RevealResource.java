package io.switchboard.auth.apikey;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Shows a kept key to voice-service, for the organization that its token names. */
@Path("/internal/api-keys")
@Tag(name = "Internal")
public class RevealResource {
    private final CallerContext caller;
    private final ApiKeys keys;

    RevealResource(CallerContext caller, ApiKeys keys) {
        this.caller = caller;
        this.keys = keys;
    }

    /** Fails with {@code api_key_not_found} or {@code invalid_filter}. */
    @POST
    @Path("{provider}:reveal")
    @Operation(
            summary = "Reveal an admin's key",
            description =
                    "That of the active admin with the lowest id who keeps one of the provider. Recorded on the audit trail.")
    public Uni<RevealedKey> revealOfAdmin(
            @RestPath String provider,
            @RestQuery
                    @Nullable
                    @Parameter(description = "Only of admins with a higher id, where this one's key failed")
                    String after) {
        return keys.revealOfAdmin(caller, provider, Filters.uuid("after", after));
    }

    /** Fails with {@code api_key_not_found}. */
    @POST
    @Path("{userId}/{provider}:reveal")
    @Operation(summary = "Reveal a kept key", description = "Recorded on the audit trail, with whom it is done for.")
    public Uni<RevealedKey> reveal(@RestPath UUID userId, @RestPath String provider) {
        return keys.reveal(caller, userId, provider);
    }
}
