package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Takes what calls tell about contacts. Repeats change nothing. */
@Path("/internal/contacts/by-phone")
@Tag(name = "Internal")
public class ContactFromCallResource {
    private final CallerContext caller;
    private final ContactUpserts upserts;
    private final PhoneReading phones;

    ContactFromCallResource(CallerContext caller, ContactUpserts upserts, PhoneReading phones) {
        this.caller = caller;
        this.upserts = upserts;
        this.phones = phones;
    }

    /** Fails with {@code unavailable} for a hot lead while no member is known who could be notified. */
    @PUT
    @Path("{phone}")
    @Operation(
            summary = "Add or update the other party of a call",
            description = "Never takes anything away: a name only fills a gap, lastContactAt only moves forward.")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ContactView.class)))
    @APIResponse(
            responseCode = "201",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ContactView.class)))
    public Uni<RestResponse<ContactView>> put(
            @RestPath @NotNull @NullOrNotBlank @Size(max = 255) String phone,
            @NotNull @Valid ContactFromCallForm form) {
        return phones.normalize(caller, phone)
                .chain(normalized -> upserts.putFromCall(caller, phone, normalized, form))
                .map(ContactResource::answer);
    }
}
