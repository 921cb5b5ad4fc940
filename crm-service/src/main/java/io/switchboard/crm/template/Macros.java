package io.switchboard.crm.template;

import io.smallrye.mutiny.Uni;
import io.switchboard.crm.assignment.Assignments;
import io.switchboard.crm.ticket.MessageForm;
import io.switchboard.crm.ticket.Messages;
import io.switchboard.crm.ticket.TicketStatus;
import io.switchboard.crm.ticket.TicketView;
import io.switchboard.crm.ticket.Tickets;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantWork;
import io.switchboard.kit.text.CleanText;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Applies templates to tickets. */
@ApplicationScoped
class Macros {
    private static final Set<TicketStatus> ENDS = EnumSet.of(TicketStatus.RESOLVED, TicketStatus.CLOSED);
    private static final TicketMacro NOTHING = new TicketMacro(null, null, List.of(), null);

    /** Tags stay in their order. */
    private static final String CHANGE = "update tickets t set status = coalesce($3::text::ticket_status, t.status),"
            + " priority = coalesce($4::text::ticket_priority, t.priority),"
            + " tags = t.tags || array(select n.tag from unnest($5::text[]) with ordinality as n (tag, place)"
            + " where n.tag <> all (t.tags) group by n.tag order by min(n.place))"
            + " where t.org_id = $1 and t.id = $2";

    private final CallerContext caller;
    private final ResponseTemplates templates;
    private final Renderings renderings;
    private final Tickets tickets;
    private final Messages messages;
    private final Assignments assignments;

    Macros(
            CallerContext caller,
            ResponseTemplates templates,
            Renderings renderings,
            Tickets tickets,
            Messages messages,
            Assignments assignments) {
        this.caller = caller;
        this.templates = templates;
        this.renderings = renderings;
        this.tickets = tickets;
        this.messages = messages;
        this.assignments = assignments;
    }

    /**
     * Sends the text as a public message of the caller, then changes the ticket; hands it over last, since the caller may not see it
     * afterwards. Fails with {@code ticket_not_found}, {@code forbidden}, {@code ticket_merged}, {@code ticket_closed}, {@code text_too_long},
     * {@code ticket_tags_too_many}, or {@code invalid} for a template that is not there or whose assignment is not possible any more.
     */
    @TenantWork
    Uni<TicketView> apply(UUID ticketId, MacroForm form) {
        return SessionSql.current().map(SessionSql::statements).chain(statements -> tickets.lock(statements, ticketId)
                .chain(() -> tickets.show(statements, ticketId))
                .invoke(Macros::refuseMerged)
                .chain(() -> templates.find(statements, form.templateId()))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.invalid("templateId", "refers to something that does not exist"))
                .chain(template -> apply(statements, ticketId, template)));
    }

    /** Its messages would go to another ticket. */
    private static void refuseMerged(TicketView ticket) {
        if (ticket.mergedIntoId() != null) {
            throw Problem.conflict("ticket_merged", "The ticket was merged into another one.");
        }
    }

    /** A message opens what it is sent on, and a closed ticket takes none: so the end comes last, and a reopening first. */
    private Uni<TicketView> apply(Statements statements, UUID ticketId, ResponseTemplateView template) {
        var macro = template.set() == null ? NOTHING : template.set();
        var isEnd = macro.status() != null && ENDS.contains(macro.status());
        var first = isEnd ? send(statements, ticketId, template) : change(statements, ticketId, macro);
        return first.chain(() -> isEnd ? change(statements, ticketId, macro) : send(statements, ticketId, template))
                .chain(() -> macro.assign() == null
                        ? tickets.show(statements, ticketId)
                        : assignments.assign(statements, ticketId, macro.assign()));
    }

    private Uni<Void> send(Statements statements, UUID ticketId, ResponseTemplateView template) {
        return template.content() == null
                ? Uni.createFrom().voidItem()
                : renderings
                        .render(statements, template, ticketId, null)
                        .map(rendered -> message(rendered.content()))
                        .chain(message -> messages.send(statements, ticketId, message))
                        .replaceWithVoid();
    }

    private static MessageForm message(String content) {
        if (!CleanText.isVisible(content)) {
            throw Problem.invalid("templateId", "has no text left where its placeholders have no values");
        }
        return new MessageForm(content, false);
    }

    private Uni<Void> change(Statements statements, UUID ticketId, TicketMacro macro) {
        var args = Tuple.of(
                caller.orgId(),
                ticketId,
                macro.status() == null ? null : macro.status().wire(),
                macro.priority() == null ? null : macro.priority().wire(),
                macro.addTags().toArray(String[]::new));
        return macro.isEmpty()
                ? Uni.createFrom().voidItem()
                : statements.run(CHANGE, args).replaceWithVoid();
    }
}
