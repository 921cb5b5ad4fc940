package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** The numbers of a contact over HTTP; the contact itself lists them. */
@Path("/api/contacts/{id}/phones")
@Tag(name = "Contacts")
public class ContactPhoneResource {
    private final CallerContext caller;
    private final ContactPhones contactPhones;
    private final PhoneReading phones;

    ContactPhoneResource(CallerContext caller, ContactPhones contactPhones, PhoneReading phones) {
        this.caller = caller;
        this.contactPhones = contactPhones;
        this.phones = phones;
    }

    /** Fails with {@code contact_not_found}, {@code contact_phone_taken} or {@code contact_phones_full}. */
    @POST
    @ResponseStatus(201)
    @TenantWork
    @Operation(
            summary = "Add a number to a contact",
            description =
                    "A contact has at most 20; the first is its main one. Change the contact's phone to make another of its"
                            + " numbers the main one.")
    public Uni<ContactPhoneView> add(@RestPath UUID id, @NotNull @Valid ContactPhoneForm form) {
        return phones.check(form.phone()).chain(phone -> contactPhones.add(caller, id, form, phone));
    }

    /** Fails with {@code contact_phone_not_found}. */
    @DELETE
    @Path("{phone}")
    @Operation(
            summary = "Delete a number of a contact",
            description = "However it is written. After the main one the oldest other one is the main one.")
    public Uni<Void> remove(@RestPath UUID id, @RestPath @Size(max = 255) String phone) {
        return phones.normalize(caller, phone).chain(normalized -> contactPhones.remove(caller, id, normalized));
    }
}
