package io.switchboard.voice.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.voice.contact.ContactErasure.Erased;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What becomes of calls when crm-service merges or erases a contact. Each may be repeated; contacts are not known here. */
@Path("/internal/contacts/{id}")
@Tag(name = "Internal")
public class ContactResource {
    private final CallerContext caller;
    private final ContactMerge merge;
    private final ContactErasure erasure;

    ContactResource(CallerContext caller, ContactMerge merge, ContactErasure erasure) {
        this.caller = caller;
        this.merge = merge;
        this.erasure = erasure;
    }

    /** How many calls this request moved. */
    record Merged(@Schema(examples = "12") int calls) {}

    /** Fails with {@code invalid}, or with {@code unavailable} while there are more calls to move. */
    @POST
    @Path("merge")
    @Operation(
            summary = "Move a duplicate's calls to the contact",
            description = "Also those that are linked to the duplicate later. 503 if it takes another request.")
    public Uni<Merged> merge(@RestPath UUID id, @NotNull @Valid MergeForm form) {
        if (form.duplicateId().equals(id)) {
            throw Problem.invalid("duplicateId", "is another contact");
        }
        return merge.merge(caller, id, form.duplicateId()).map(Merged::new);
    }

    /** Fails with {@code invalid}, or with {@code unavailable} while there is more to erase. */
    @POST
    @Path("erase")
    @Operation(
            summary = "Erase a person from calls and webhook events",
            description =
                    "Of the contact's calls and of all calls from or to the numbers. Numbers, names, texts, recording links,"
                            + " metadata and bodies go; states, times, figures and ids stay. 503 if it takes another request.")
    public Uni<Erased> erase(@RestPath UUID id, @NotNull @Valid EraseForm form) {
        return erasure.erase(caller, id, form.phones());
    }
}
