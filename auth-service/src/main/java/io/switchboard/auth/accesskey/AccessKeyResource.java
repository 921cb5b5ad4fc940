package io.switchboard.auth.accesskey;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** An organization's own machine credentials, for its admins. */
@Path("/api/access-keys")
public class AccessKeyResource {
    private final AccessKeys keys;

    AccessKeyResource(AccessKeys keys) {
        this.keys = keys;
    }

    @GET
    public Uni<PageOf<AccessKeyView>> list(@BeanParam Page page) {
        return keys.list(page);
    }

    /** Fails with {@code access_key_not_found}, also where it is revoked. */
    @GET
    @Path("{id}")
    public Uni<AccessKeyView> show(@RestPath UUID id) {
        return keys.show(id);
    }

    /** The secret is shown here and never again. */
    @POST
    @ResponseStatus(201)
    @TenantWork
    public Uni<AccessKeyView> create(@NotNull @Valid AccessKeyForm form) {
        return keys.add(form);
    }

    /** Fails with {@code access_key_not_found}. */
    @DELETE
    @Path("{id}")
    public Uni<Void> revoke(@RestPath UUID id) {
        return keys.revoke(id);
    }
}
