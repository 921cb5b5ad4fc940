package io.switchboard.auth.organization;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.user.Invitations;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.ResponseStatus;

/** All organizations, for operators: whatever is done to one is done within it, on the operator's behalf. */
@ApplicationScoped
class OrganizationAdmin {
    private static final String LIST =
            "select id, name, slug, status, created_at, updated_at from list_organizations($1, $2, $3)";
    private static final String REVISE = "update organizations set name = $2, status = $3::text::organization_status"
            + " where org_id = $1 and id = $1 returning " + Organizations.COLUMNS;

    private final TenantSql sql;
    private final CallerContext operator;
    private final Organizations organizations;
    private final Invitations invitations;

    OrganizationAdmin(TenantSql sql, CallerContext operator, Organizations organizations, Invitations invitations) {
        this.sql = sql;
        this.operator = operator;
        this.organizations = organizations;
        this.invitations = invitations;
    }

    Uni<PageOf<OrganizationSummary>> list(Page page) {
        var after = page.after();
        var args = after == null ? Tuple.of(null, null, page.rows()) : Tuple.of(after.time(), after.id(), page.rows());
        return sql.list(operator, LIST, args, OrganizationAdmin::summary)
                .map(items -> PageOf.of(items, page, item -> Cursor.at(item.createdAt(), item.id())));
    }

    /** Fails with {@code organization_not_found}. */
    Uni<OrganizationView> show(UUID id) {
        return organizations.show(within(id));
    }

    /** In one transaction with the Idempotency-Key, which is the operator's. Fails with {@code email_taken}. */
    @TenantWork
    @ResponseStatus(201)
    Uni<NewOrganizationView> found(NewOrganizationForm form) {
        var there = within(UuidV7.next());
        return SessionSql.current()
                .chain(session -> session.within(there, operator, statements -> organizations
                        .found(there, statements, form.name())
                        .chain(founded -> invited(there, statements, founded, form))));
    }

    /** Fails with {@code organization_not_found} or {@code platform_stays_active}, and as the check and the change do. */
    Uni<OrganizationView> revise(
            UUID id, Consumer<OrganizationView> check, UnaryOperator<OrganizationStatusForm> change) {
        var there = within(id);
        return sql.transaction(there, statements -> organizations
                .held(there, statements)
                .invoke(check)
                .map(found -> change.apply(new OrganizationStatusForm(found.name(), found.status())))
                .chain(form ->
                        statements.first(REVISE, Tuple.of(id, form.name(), form.status()), Organizations::view)));
    }

    private CallerContext within(UUID id) {
        return CallerContext.Value.onBehalf(id, operator, "auth-service");
    }

    private Uni<NewOrganizationView> invited(
            CallerContext there, Statements statements, OrganizationView founded, NewOrganizationForm form) {
        return form.adminEmail() == null
                ? Uni.createFrom().item(NewOrganizationView.of(founded, null))
                : invitations
                        .inviteAdmin(there, statements, form.name(), form.adminEmail())
                        .map(invitation -> NewOrganizationView.of(founded, invitation));
    }

    private static OrganizationSummary summary(Row row) {
        return new OrganizationSummary(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("status"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"));
    }
}
