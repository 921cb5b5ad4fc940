package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantWork;
import io.switchboard.kit.text.NullOrNotBlank;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Contacts over HTTP. It names no entity: Quarkus opens a Hibernate session for each operation of a resource that does. */
@Path("/api/contacts")
@Tag(name = "Contacts")
public class ContactResource {
    private final CallerContext caller;
    private final Contacts contacts;
    private final ContactUpserts upserts;
    private final PhoneReading phones;

    ContactResource(CallerContext caller, Contacts contacts, ContactUpserts upserts, PhoneReading phones) {
        this.caller = caller;
        this.contacts = contacts;
        this.upserts = upserts;
        this.phones = phones;
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    @GET
    @Operation(summary = "List contacts", description = "Filters combine; all of them must hold.")
    public Uni<PageOf<ContactView>> list(@BeanParam ContactFilter filter, @BeanParam Page page) {
        return phones.normalize(caller, filter.phone()).chain(phone -> contacts.list(caller, filter, phone, page));
    }

    /** Fails with {@code contact_not_found}. */
    @GET
    @Path("{id}")
    @Operation(summary = "Show a contact")
    public Uni<ContactView> show(@RestPath UUID id) {
        return contacts.show(caller, id);
    }

    /** Fails with {@code contact_phone_taken}, or {@code invalid} where the phone is no number. */
    @POST
    @ResponseStatus(201)
    @TenantWork
    @Operation(
            summary = "Add a contact",
            description = "One that becomes hot is announced to the active admins and agents.")
    public Uni<ContactView> create(@NotNull @Valid ContactForm form) {
        return contacts.create(caller, form);
    }

    /** Fails with {@code lead_status_illegal}. */
    @PUT
    @Path("by-phone/{phone}")
    @Operation(
            summary = "Add or complete the contact with a phone number",
            description = "What is not sent stays. 201 with Location where there was no such contact, else 200.")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ContactView.class)))
    @APIResponse(
            responseCode = "201",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ContactView.class)))
    public Uni<RestResponse<ContactView>> putByPhone(
            @RestPath @NotNull @NullOrNotBlank @Size(max = 255) String phone, @NotNull @Valid ContactDetailsForm form) {
        return phones.normalize(caller, phone)
                .chain(normalized -> upserts.put(caller, phone, normalized, form))
                .map(ContactResource::answer);
    }

    /** Fails with {@code contact_not_found}, {@code changed_meanwhile}, {@code lead_status_illegal} or {@code contact_phone_taken}. */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @TenantWork
    @Operation(
            summary = "Change a contact",
            description = "leadStatus goes new, contacted, qualified, booked, converted, one step at a time;"
                    + " any of them to lost, and lost to contacted.")
    public Uni<ContactView> revise(
            @RestPath UUID id,
            @BeanParam IfMatch ifMatch,
            @RequestBodySchema(ContactForm.class) MergePatch<ContactForm> patch) {
        return contacts.revise(caller, id, ifMatch, patch);
    }

    /** Fails with {@code contact_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @Path("{id}")
    @TenantWork
    @Operation(summary = "Delete a contact")
    public Uni<Void> delete(@RestPath UUID id, @BeanParam IfMatch ifMatch) {
        return contacts.delete(id, ifMatch);
    }

    static RestResponse<ContactView> answer(ContactUpserts.Upserted known) {
        var contact = known.contact();
        return known.isNew()
                ? RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, contact)
                        .header("Location", "/api/contacts/" + contact.id())
                        .build()
                : RestResponse.ok(contact);
    }
}
