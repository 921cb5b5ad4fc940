package io.switchboard.crm.personaldata;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Exports a person's data over HTTP. */
@Path("/api/contacts/{id}/personal-data")
@Tag(name = "Contacts")
public class PersonalDataResource {
    private final PersonalData data;

    PersonalDataResource(PersonalData data) {
        this.data = data;
    }

    /** Fails with {@code contact_not_found}, or with {@code unavailable} while voice-service is away. */
    @GET
    @Operation(
            summary = "Export a person's data",
            description =
                    "All that the suite keeps of the contact, calls with transcripts among it. 503 while voice-service is away: an"
                            + " export never lacks the calls. Each is on record in the audit log.")
    public Uni<PersonalDataView> export(@RestPath UUID id) {
        return data.export(id);
    }
}
