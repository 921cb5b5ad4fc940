package io.switchboard.crm.contactmerge;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.contact.ContactView;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Merges contacts over HTTP. */
@Path("/api/contacts/{id}/merge")
@Tag(name = "Contacts")
public class ContactMergeResource {
    private final ContactMerges merges;

    ContactMergeResource(ContactMerges merges) {
        this.merges = merges;
    }

    /**
     * Fails with {@code contact_not_found}, {@code same_contact}, {@code contact_merged}, or {@code invalid} for a {@code duplicateId}
     * that is no contact.
     */
    @POST
    @TenantWork
    @Operation(
            summary = "Merge a duplicate into a contact",
            description =
                    "The contact keeps its values and gets the duplicate's where it has none. It gets all numbers, notes and"
                            + " notifications of the duplicate, and soon its calls. The duplicate is then gone.")
    public Uni<ContactView> merge(@RestPath UUID id, @NotNull @Valid ContactMergeForm form) {
        return merges.merge(id, form.duplicateId());
    }
}
