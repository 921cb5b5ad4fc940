package io.switchboard.crm.ticket;

import io.switchboard.kit.http.Page;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import org.jspecify.annotations.Nullable;

/**
 * The statement of a list of tickets, newest first, for a caller who sees all, or their own, or those of their teams. Row security
 * alone would show the same, but it would read all that others have to find them: what an agent sees is several lists in one order,
 * each of which has an index of its own, merged. Words of enums are literals, since each has an index, too.
 */
final class TicketList {
    private static final String ORDER = " order by created_at desc, id desc limit ";

    private final CallerContext caller;
    private final TicketFilter filter;
    private final ListQuery list;
    private final StringBuilder conditions = new StringBuilder();
    private final String end;

    private TicketList(CallerContext caller, TicketFilter filter, Page page) {
        this.caller = caller;
        this.filter = filter;
        list = new ListQuery(page, "", caller.orgId());
        addConditions();
        var after = page.after();
        if (after != null) {
            conditions.append(
                    " and (created_at, id) < (" + list.value(after.time()) + ", " + list.value(after.id()) + ")");
        }
        end = ORDER + list.value(page.rows());
    }

    /** Fails with {@code invalid_filter}, {@code invalid_limit} or {@code invalid_cursor}. */
    static ListQuery of(CallerContext caller, TicketFilter filter, Page page) {
        var tickets = new TicketList(caller, filter, page);
        return switch (caller.role()) {
            case "admin", "service" -> tickets.ofAll();
            case "agent" -> tickets.findsFew() ? tickets.ofAll() : tickets.ofAgent();
            default -> tickets.ofCustomer();
        };
    }

    private void addConditions() {
        var status = filter.status();
        if (status != null) {
            conditions.append(" and status = '" + status.wire() + "'");
        }
        var priority = filter.priority();
        if (priority != null) {
            conditions.append(" and priority = '" + priority.wire() + "'");
        }
        andIfGiven("assigned_agent_id = ?", filter.assignedAgentId());
        andIfGiven("assigned_team_id = ?", filter.assignedTeamId());
        andIfGiven("customer_id = ?", filter.customerId());
        andIfGiven("contact_id = ?", filter.contactId());
        andIfGiven("number = ?", filter.number());
        if (filter.number() != null) {
            list.sorted(); // one, which its own index finds
        }
        andIfGiven("id in (select tickets_tagged(?))", filter.tag());
        andIfGiven("id in (select search_tickets(?))", filter.words());
    }

    private void andIfGiven(String condition, @Nullable Object value) {
        if (value != null) {
            conditions.append(" and " + condition.replace("?", list.value(value)));
        }
    }

    /** Whether a filter leaves so few that the policies may choose among them; or the caller's own, of which they hide none. */
    private boolean findsFew() {
        return filter.customerId() != null
                || filter.contactId() != null
                || filter.number() != null
                || filter.tag() != null
                || filter.words() != null
                || caller.userId() != null && caller.userId().equals(filter.assignedAgentId());
    }

    private ListQuery ofAll() {
        return list.append(select("true"));
    }

    private ListQuery ofCustomer() {
        return list.append(select("customer_id = " + list.value(caller.userId())));
    }

    /** A ticket may be the caller's own and one of a team: it is shown once. No index has the order of several teams together. */
    private ListQuery ofAgent() {
        var me = list.value(caller.userId());
        return list.append("select distinct on (created_at, id) * from ((" + select("assigned_agent_id = " + me)
                        + ") union all (" + select("customer_id = " + me)
                        + ") union all (select of_team.* from team_members m cross join lateral ("
                        + select("assigned_team_id = m.team_id")
                        + ") as of_team where m.org_id = $1 and m.user_id = " + me + ")) as seen" + end)
                .merged();
    }

    private String select(String whose) {
        return "select " + TicketView.COLUMNS + " from tickets where org_id = $1 and " + whose + conditions + end;
    }
}
