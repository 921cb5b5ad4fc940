package io.switchboard.auth.organization;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.totp.SecondFactors;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.member.OrganizationSettingsForm;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantTransaction;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The organizations; the only Java code with queries on them. */
@ApplicationScoped
public class Organizations implements PanacheRepositoryBase<Organization, UUID> {
    private static final String COLUMNS = OrganizationView.COLUMNS;
    private static final String SHOW = "select " + COLUMNS + " from organizations where org_id = $1 and id = $1";
    private static final String COPY =
            "select organization_copy(o) as copy from organizations o where o.org_id = $1 and o.id = $1";
    private static final String LIST =
            "select id, name, slug, status, created_at, updated_at from list_organizations($1, $2, $3)";
    private static final String CREATE = "insert into organizations (org_id, id, name, slug)"
            + " values ($1, $1, $2, claim_slug($3)) returning " + COLUMNS;
    private static final String REQUIRE_TOTP = "update organizations set require_totp = $2"
            + " where org_id = $1 and id = $1 and require_totp is distinct from $2";

    private static final String IS_TIME_ZONE = "select is_time_zone($1)";

    private final TenantSql sql;
    private final TenantTransaction transaction;
    private final SecondFactors secondFactors;

    Organizations(TenantSql sql, TenantTransaction transaction, SecondFactors secondFactors) {
        this.sql = sql;
        this.transaction = transaction;
        this.secondFactors = secondFactors;
    }

    /** One statement, in the transaction that signs its first admin up or invites them. */
    public Uni<OrganizationView> create(CallerContext tenant, Statements statements, String name) {
        return statements.first(CREATE, Tuple.of(tenant.orgId(), name, Slug.of(name)), OrganizationView::of);
    }

    public Uni<String> slug(CallerContext tenant) {
        return show(tenant).map(OrganizationView::slug);
    }

    /** What crm- and voice-service keep of an organization. Fails with {@code organization_not_found}. */
    public Uni<OrganizationSettingsForm> copy(CallerContext tenant) {
        return sql.first(tenant, COPY, Tuple.of(tenant.orgId()), row -> row.getJsonObject("copy")
                        .mapTo(OrganizationSettingsForm.class))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("organization", tenant.orgId()));
    }

    /** Sets whether admins need a second factor; for configuration, which has no caller who would need one. */
    public Uni<Void> requireTotp(CallerContext tenant, boolean isRequired) {
        return sql.execute(tenant, REQUIRE_TOTP, Tuple.of(tenant.orgId(), isRequired))
                .replaceWithVoid();
    }

    /** All organizations, newest first; for operators. */
    Uni<PageOf<OrganizationSummary>> list(CallerContext operator, Page page) {
        return sql.page(
                operator,
                ListQuery.ofFunction(page, LIST),
                OrganizationSummary::of,
                last -> Cursor.at(last.createdAt(), last.id()));
    }

    /** Fails with {@code organization_not_found}. */
    Uni<OrganizationView> show(CallerContext tenant) {
        return sql.first(tenant, SHOW, Tuple.of(tenant.orgId()), OrganizationView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("organization", tenant.orgId()));
    }

    /** Fails with {@code organization_not_found} or {@code totp_not_enrolled}, and as the check and the change do. */
    Uni<OrganizationView> revise(
            CallerContext tenant, Consumer<Organization> check, UnaryOperator<OrganizationForm> change) {
        return transaction.run(tenant, session -> lock(tenant)
                .invoke(check)
                .call(organization -> revise(
                        tenant,
                        session,
                        organization,
                        change.apply(organization.form()).checked()))
                .chain(this::save));
    }

    private Uni<Void> revise(
            CallerContext tenant, SessionSql session, Organization organization, OrganizationForm form) {
        var allowed = form.requireTotp() == organization.requiresTotp()
                ? Uni.createFrom().voidItem()
                : checkSecondFactor(tenant, session);
        return allowed.chain(() -> checkTimeZone(session, organization, form.timeZone()))
                .invoke(() -> organization.revise(form));
    }

    /** By the database, which computes with it; Java knows other zones, and other rules of them. */
    private static Uni<Void> checkTimeZone(SessionSql session, Organization organization, String timeZone) {
        if (timeZone.equals(organization.timeZone())) {
            return Uni.createFrom().voidItem();
        }
        return session.select(IS_TIME_ZONE, timeZone)
                .invoke(rows -> {
                    if (!Boolean.TRUE.equals(rows.next()[0])) {
                        throw Problem.invalid("timeZone", "must be an IANA time zone, such as Europe/Berlin");
                    }
                })
                .replaceWithVoid();
    }

    /**
     * An admin needs a second factor to require it, so that they do not lock everybody out, and to lift the requirement, so that
     * a password alone is not enough.
     */
    private Uni<Void> checkSecondFactor(CallerContext tenant, SessionSql session) {
        return secondFactors
                .isEnrolled(tenant, session.statements())
                .invoke(enrolled -> {
                    if (!enrolled) {
                        throw Problem.conflict("totp_not_enrolled", "Set up your own second factor first.");
                    }
                })
                .replaceWithVoid();
    }

    /** Fails with {@code organization_not_found} or {@code platform_stays_active}, and as the check and the change do. */
    Uni<OrganizationView> reviseStatus(
            CallerContext tenant, Consumer<Organization> check, UnaryOperator<OrganizationStatusForm> change) {
        return transaction.run(tenant, session -> lock(tenant)
                .invoke(check)
                .invoke(organization -> organization.revise(change.apply(organization.statusForm())))
                .chain(this::save));
    }

    /** Locked until the transaction ends. Fails with {@code organization_not_found}. */
    private Uni<Organization> lock(CallerContext tenant) {
        return findById(tenant.orgId(), LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("organization", tenant.orgId()));
    }

    /** Writes what has changed, and reads back the time of the change. */
    private Uni<OrganizationView> save(Organization organization) {
        return flush().chain(Panache::getSession)
                .chain(session -> session.refresh(organization))
                .map(refreshed -> organization.view());
    }
}
