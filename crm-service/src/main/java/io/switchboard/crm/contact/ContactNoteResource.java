package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Notes on a contact over HTTP. */
@Path("/api/contacts/{id}/notes")
@Tag(name = "Contacts")
public class ContactNoteResource {
    private final CallerContext caller;
    private final ContactNotes notes;

    ContactNoteResource(CallerContext caller, ContactNotes notes) {
        this.caller = caller;
        this.notes = notes;
    }

    /** Fails with {@code contact_not_found}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List the notes on a contact", description = "Newest first.")
    public Uni<PageOf<ContactNoteView>> list(@RestPath UUID id, @BeanParam Page page) {
        return notes.list(caller, id, page);
    }

    /** Fails with {@code contact_not_found}. */
    @POST
    @ResponseStatus(201)
    @TenantWork
    @Operation(summary = "Add a note on a contact", description = "Notes are not changed afterwards.")
    public Uni<ContactNoteView> add(@RestPath UUID id, @NotNull @Valid ContactNoteForm form) {
        return notes.add(caller, id, form);
    }
}
