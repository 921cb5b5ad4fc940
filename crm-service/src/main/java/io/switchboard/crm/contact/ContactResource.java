package io.switchboard.crm.contact;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.tenant.Tenant;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Contacts over HTTP. */
@Path("/api/contacts")
public class ContactResource {
    private final Tenant tenant;
    private final Contacts contacts;

    ContactResource(Tenant tenant, Contacts contacts) {
        this.tenant = tenant;
        this.contacts = contacts;
    }

    @GET
    @Path("{id}")
    public Uni<ContactView> show(@RestPath UUID id) {
        return contacts.show(tenant, id);
    }

    /** Fails with {@code contact_phone_taken}. */
    @POST
    @ResponseStatus(201)
    @TenantWork
    public Uni<ContactView> create(@NotNull @Valid ContactForm form) {
        return contacts.save(new Contact(tenant, form, form.phone())).map(Contact::view);
    }

    /** Fails with {@code contact_not_found}, {@code changed_meanwhile} or {@code contact_phone_taken}. */
    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", "application/json"})
    @TenantWork
    public Uni<ContactView> revise(@RestPath UUID id, IfMatch ifMatch, MergePatch<ContactForm> patch) {
        return contacts.get(id)
                .invoke(ifMatch::check)
                .invoke(contact ->
                        contact.revise(patch.on(contact.form()), contact.form().phone()))
                .chain(contacts::save)
                .map(Contact::view);
    }

    /** Fails with {@code contact_not_found} or {@code changed_meanwhile}. */
    @DELETE
    @Path("{id}")
    @TenantWork
    public Uni<Void> delete(@RestPath UUID id, IfMatch ifMatch) {
        return contacts.get(id).invoke(ifMatch::check).chain(contacts::delete);
    }
}
