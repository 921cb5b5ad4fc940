package io.switchboard.crm.template;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values that placeholders can name: these, and no others. */
@ApplicationScoped
class TemplateVariables {
    /** All are short, so that no text grows much. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("contact.name", "contact.name"),
            Map.entry("contact.phone", "contact.phone"),
            Map.entry("contact.email", "contact.email"),
            Map.entry("ticket.number", "ticket.number::text"),
            Map.entry("ticket.title", "ticket.title"),
            Map.entry("ticket.status", "ticket.status::text"),
            Map.entry("ticket.priority", "ticket.priority::text"),
            Map.entry("ticket.createdAt", "local_text(ticket.created_at)"),
            Map.entry("customer.name", "customer.name"),
            Map.entry("customer.email", "customer.email"),
            Map.entry("agent.name", "agent.name"),
            Map.entry("team.name", "team.name"),
            Map.entry("user.name", "caller.name"));

    private static final String FIND = COLUMNS.entrySet().stream()
            .map(column -> column.getValue() + " as \"" + column.getKey() + "\"")
            .collect(Collectors.joining(", ", "select ", """
                    , ticket.id as ticket_id, contact.id as contact_id
                    from (values (1)) as always
                    left join tickets ticket on ticket.org_id = $1 and ticket.id = $2
                    left join contacts contact on contact.org_id = $1 and contact.id = coalesce($3, ticket.contact_id)
                    left join members customer on customer.org_id = $1 and customer.id = ticket.customer_id
                    left join members agent on agent.org_id = $1 and agent.id = ticket.assigned_agent_id
                    left join teams team on team.org_id = $1 and team.id = ticket.assigned_team_id
                    left join members caller on caller.org_id = $1 and caller.id = $4"""));

    private final CallerContext caller;

    TemplateVariables(CallerContext caller) {
        this.caller = caller;
    }

    /**
     * Without a contact it is the ticket's. Fails with {@code invalid} for a ticket that the caller does not see, and for a contact that
     * is not there.
     */
    Uni<Map<String, String>> find(Statements statements, @Nullable UUID ticketId, @Nullable UUID contactId) {
        var args = Tuple.of(caller.orgId(), ticketId, contactId, caller.userId());
        return statements.first(FIND, args, row -> values(row, ticketId, contactId));
    }

    private static Map<String, String> values(Row row, @Nullable UUID ticketId, @Nullable UUID contactId) {
        check("ticketId", ticketId, row.getUUID("ticket_id"));
        check("contactId", contactId, row.getUUID("contact_id"));
        var values = new HashMap<String, String>();
        COLUMNS.keySet().forEach(path -> values.put(path, row.getString(path)));
        return values;
    }

    private static void check(String field, @Nullable UUID asked, @Nullable UUID found) {
        if (asked != null && found == null) {
            throw Problem.invalid(field, "refers to something that does not exist");
        }
    }
}
