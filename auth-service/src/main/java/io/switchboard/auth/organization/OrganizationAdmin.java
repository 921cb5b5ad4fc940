package io.switchboard.auth.organization;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.user.Invitations;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantWork;
import jakarta.enterprise.context.ApplicationScoped;

/** Creates organizations for operators, each with its first admin invited. */
@ApplicationScoped
class OrganizationAdmin {
    private final CallerContext operator;
    private final Organizations organizations;
    private final Invitations invitations;

    OrganizationAdmin(CallerContext operator, Organizations organizations, Invitations invitations) {
        this.operator = operator;
        this.organizations = organizations;
        this.invitations = invitations;
    }

    /** In one transaction with the Idempotency-Key, which is the operator's. Fails with {@code email_taken}. */
    @TenantWork
    Uni<NewOrganizationView> create(NewOrganizationForm form) {
        var tenant = CallerContext.Value.onBehalf(UuidV7.next(), operator, "auth-service");
        return SessionSql.current()
                .chain(session -> session.within(tenant, operator, statements -> organizations
                        .create(tenant, statements, form.name())
                        .chain(created -> invite(tenant, statements, created, form))));
    }

    private Uni<NewOrganizationView> invite(
            CallerContext tenant, Statements statements, OrganizationView created, NewOrganizationForm form) {
        return form.adminEmail() == null
                ? Uni.createFrom().item(NewOrganizationView.of(created, null))
                : invitations
                        .inviteAdmin(tenant, statements, form.name(), form.adminEmail())
                        .map(invitation -> NewOrganizationView.of(created, invitation));
    }
}
