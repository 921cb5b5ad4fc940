package io.switchboard.voice.calllist;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Filters;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** A contact's calls, for crm-service's timeline and its export of a person's data. */
@Path("/internal/calls")
@Tag(name = "Internal")
public class ContactCallsResource {
    private final CallerContext caller;
    private final Calls calls;

    ContactCallsResource(CallerContext caller, Calls calls) {
        this.caller = caller;
        this.calls = calls;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(
            summary = "List a contact's calls",
            description =
                    "Newest first by startedAt and id; a cursor can be made of these two of any call. With transcript=true"
                            + " each has its transcript and all of its summary, and a page may have fewer.")
    public Uni<PageOf<CallView>> list(
            @RestQuery @Nullable @Parameter(description = "crm-service's id of the contact", required = true)
                    String contactId,
            @RestQuery @Nullable @Parameter(description = "true or false, which is the default") String transcript,
            @BeanParam Page page) {
        return calls.ofContact(
                caller, required(contactId), Boolean.TRUE.equals(Filters.flag("transcript", transcript)), page);
    }

    private static UUID required(@Nullable String contactId) {
        var id = Filters.uuid("contactId", contactId);
        if (id == null) {
            throw Filters.invalid("contactId", "is required");
        }
        return id;
    }
}
