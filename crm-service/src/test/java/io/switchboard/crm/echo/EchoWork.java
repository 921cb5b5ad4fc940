package io.switchboard.crm.echo;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** A transaction within an operation. */
@ApplicationScoped
public class EchoWork {
    @TenantWork
    public Uni<EchoView> echo(EchoForm form) {
        return Uni.createFrom().item(new EchoView(UUID.randomUUID(), form.text()));
    }
}
