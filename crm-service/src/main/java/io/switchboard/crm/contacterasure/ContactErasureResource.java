package io.switchboard.crm.contacterasure;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.openapi.AlsoAnswers;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Erases people over HTTP. */
@Path("/api/contacts")
@Tag(name = "Contacts")
public class ContactErasureResource {
    private final CallerContext caller;
    private final ContactErasures erasures;

    ContactErasureResource(CallerContext caller, ContactErasures erasures) {
        this.caller = caller;
        this.erasures = erasures;
    }

    /** Fails with {@code contact_not_found}, also once the contact is erased everywhere, or {@code import_unfinished}. */
    @POST
    @Path("{id}/erase")
    @ResponseStatus(202)
    @TenantWork
    @AlsoAnswers(409)
    @Operation(
            summary = "Erase a person",
            description =
                    "The contact and all that is about it here is gone with the answer; the services in remaining follow. While"
                            + " they do, the same request answers the same erasure. The audit log keeps that a contact with this id was"
                            + " erased.")
    public Uni<ContactErasureView> erase(@RestPath UUID id) {
        return erasures.erase(caller, id);
    }

    /** Fails with {@code contact_erasure_not_found}. */
    @GET
    @Path("erasures/{id}")
    @Operation(summary = "Show how far an erasure is")
    public Uni<ContactErasureView> show(@RestPath UUID id) {
        return erasures.show(caller, id);
    }
}
