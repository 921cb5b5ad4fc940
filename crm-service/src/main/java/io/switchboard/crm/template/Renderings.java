package io.switchboard.crm.template;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Renders templates for a ticket, a contact, or neither. */
@ApplicationScoped
class Renderings {
    private final CallerContext caller;
    private final TenantSql sql;
    private final ResponseTemplates templates;
    private final TemplateVariables variables;

    Renderings(CallerContext caller, TenantSql sql, ResponseTemplates templates, TemplateVariables variables) {
        this.caller = caller;
        this.sql = sql;
        this.templates = templates;
        this.variables = variables;
    }

    /** Fails with {@code template_not_found}, {@code text_too_long}, or {@code invalid} for a ticket or contact that is not there. */
    Uni<RenderedTemplateView> render(UUID id, RenderingForm form) {
        return sql.transaction(caller, statements -> templates
                .find(statements, id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("template", id))
                .chain(template -> render(statements, template, form.ticketId(), form.contactId())));
    }

    /** In a transaction that is open. Fails as above. */
    Uni<RenderedTemplateView> render(
            Statements statements, ResponseTemplateView template, @Nullable UUID ticketId, @Nullable UUID contactId) {
        var text = template.content() == null ? "" : template.content();
        return variables.find(statements, ticketId, contactId).map(values -> Placeholders.fill(text, values));
    }
}
