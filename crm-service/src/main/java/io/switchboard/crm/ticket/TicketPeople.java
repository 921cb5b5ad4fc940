package io.switchboard.crm.ticket;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.MergePatch;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes known here whom a ticket is to name, before the transaction that writes it: auth-service may have to be asked. All fail with
 * {@code invalid} for who is no user of the organization, such as an access key as an agent, and with {@code unavailable}.
 */
@ApplicationScoped
class TicketPeople {
    private final CallerContext caller;
    private final Members members;
    private final Tickets tickets;

    TicketPeople(CallerContext caller, Members members, Tickets tickets) {
        this.caller = caller;
        this.members = members;
        this.tickets = tickets;
    }

    /** Of a new ticket. */
    Uni<?> fetch(TicketForm form) {
        return switch (caller.role()) {
            case "customer" -> find("customerId", caller.userId());
            case "agent" -> find("assignedAgentId", caller.userId()).chain(() -> find("customerId", form.customerId()));
            default -> find("customerId", form.customerId());
        };
    }

    /** Of one that is to be changed. Fails with {@code ticket_not_found}, too. */
    Uni<?> fetch(UUID id, MergePatch<TicketChangeForm> patch) {
        return patch.names("customerId")
                ? tickets.show(id)
                        .chain(ticket ->
                                find("customerId", patch.on(ticket.form()).customerId()))
                : Uni.createFrom().voidItem();
    }

    private Uni<?> find(String field, @Nullable UUID id) {
        return id == null ? Uni.createFrom().voidItem() : members.find(caller, field, List.of(id));
    }
}
