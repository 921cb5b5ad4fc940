package io.switchboard.auth.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.IfMatch;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.mail.Email;
import io.switchboard.kit.mail.SealedEmail;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.secret.OpaqueToken;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantWork;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.Normalizer;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The invitations of an organization. */
@ApplicationScoped
public class Invitations implements PanacheRepositoryBase<Invitation, UUID> {
    private static final String LIST = "select id, email, role::text as role, " + Invitation.STATUS
            + " as status, expires_at, created_at, version" + " from invitations where org_id = $1";
    private static final String SHOW = LIST + " and id = $2";
    private static final String ORGANIZATION = "select name from organization_accounts where org_id = $1";

    private static final String INVITE =
            "insert into invitations (org_id, id, email, role, token_hash) values ($1, $2, $3, 'admin', $4)"
                    + " returning id, email, role::text as role, status::text as status, expires_at, created_at, version";

    // Of any number who show the token at once, one gets through: the others find it accepted.
    private static final String ACCEPT = "update invitations i set status = 'accepted', version = i.version + 1"
            + " from organization_accounts o where i.org_id = $1 and i.id = $2 and i.status = 'pending'"
            + " and i.expires_at > now() and o.org_id = i.org_id and o.id = i.org_id and o.is_active"
            + " returning i.email, i.role::text as role";
    private static final String ACCEPTED_BY = "update invitations set accepted_by = $3 where org_id = $1 and id = $2";

    private static final Pattern LINK = Pattern.compile("://|www\\.|[.\u3002]\\p{L}", Pattern.CASE_INSENSITIVE);

    private final TenantSql sql;
    private final CallerContext caller;
    private final SealedEmail sealedEmails;
    private final String acceptUrl;

    Invitations(
            TenantSql sql,
            CallerContext caller,
            SealedEmail sealedEmails,
            @ConfigProperty(name = "switchboard.accept-url", defaultValue = "http://127.0.0.1:8081/accept")
                    String acceptUrl) {
        this.sql = sql;
        this.caller = caller;
        this.sealedEmails = sealedEmails;
        this.acceptUrl = acceptUrl;
    }

    Uni<PageOf<InvitationView>> list(Page page) {
        var list = new ListQuery(page, LIST, caller.orgId()).newestFirst();
        return sql.page(caller, list, Invitations::view, view -> Cursor.at(view.createdAt(), view.id()));
    }

    /** Fails with {@code invitation_not_found}. */
    Uni<InvitationView> show(UUID id) {
        return sql.first(caller, SHOW, Tuple.of(caller.orgId(), id), Invitations::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("invitation", id));
    }

    /** Sends a mail. Revokes an earlier invitation of the same e-mail. Fails with {@code email_taken}. */
    @TenantWork
    Uni<InvitationView> invite(InvitationForm form) {
        var token = OpaqueToken.next();
        return persistAndFlush(new Invitation(caller, form, token))
                .call(invitation -> Panache.getSession().chain(session -> session.refresh(invitation)))
                .call(() -> enqueueMail(form.email(), link(token)))
                .map(invitation -> invitation.view(token.reveal(), link(token)));
    }

    /** Invites the first admin of a new organization, by mail, too. Fails with {@code email_taken}. */
    public Uni<InvitationView> inviteAdmin(
            CallerContext tenant, Statements statements, String organization, String email) {
        var token = OpaqueToken.next();
        var mail = sealedEmails.seal(tenant.orgId(), compose(email, organization, link(token)));
        return statements
                .first(
                        INVITE,
                        Tuple.of(tenant.orgId(), UuidV7.next(), Users.normal(email), token.hash()),
                        row -> view(row, token.reveal(), link(token)))
                .call(() -> statements.run(SealedEmail.INSERT, Tuple.of(mail.orgId(), mail.id(), mail.event())));
    }

    /** What an invitation says of the user who accepts it. */
    public record Accepted(String email, Role role) {}

    /** Null unless it is pending, in time and of an active organization. */
    public Uni<@Nullable Accepted> accept(Statements statements, CallerContext tenant, UUID id) {
        return statements.first(
                ACCEPT,
                Tuple.of(tenant.orgId(), id),
                row -> new Accepted(row.getString("email"), Role.of(row.getString("role"))));
    }

    /** Names the acting user, who exists by now, as the one who has accepted. */
    public Uni<Void> setAcceptedBy(Statements statements, CallerContext tenant, UUID id) {
        return statements
                .run(ACCEPTED_BY, Tuple.of(tenant.orgId(), id, tenant.userId()))
                .replaceWithVoid();
    }

    /** The token is in the fragment, which browsers do not send: no proxy or server logs it. */
    private String link(OpaqueToken token) {
        return acceptUrl + "#token=" + token.reveal();
    }

    private Uni<Integer> enqueueMail(String email, String link) {
        return SessionSql.current().chain(session -> session.select(ORGANIZATION, caller.orgId())
                .map(rows -> sealedEmails.seal(caller.orgId(), compose(email, (String) rows.next()[0], link)))
                .chain(mail -> session.update(SealedEmail.INSERT, mail.orgId(), mail.id(), mail.event())));
    }

    private static Email compose(String email, String organization, String link) {
        return new Email(
                Users.normal(email), "An invitation to Switchboard", """
                You are invited to join %s at Switchboard.

                Take it up here within 7 days:

                %s

                The link works once. If you do not know what this is about, there is nothing to do.
                """.formatted(displayName(organization), link));
    }

    /** The name for the mail; a name that mail programs would turn into a link is left out. */
    private static String displayName(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Cntrl}]+", " ");
        return LINK.matcher(plain).find() ? "an organization" : plain;
    }

    /** Fails with {@code invitation_not_found}, {@code changed_meanwhile} or {@code invitation_ended}. */
    @TenantWork
    Uni<Void> revoke(UUID id, IfMatch ifMatch) {
        return findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("invitation", id))
                .invoke(ifMatch::check)
                .invoke(Invitation::revoke)
                .replaceWithVoid();
    }

    private static InvitationView view(Row row) {
        return view(row, null, null);
    }

    private static InvitationView view(Row row, @Nullable String token, @Nullable String acceptUrl) {
        return new InvitationView(
                row.getUUID("id"),
                row.getString("email"),
                Role.of(row.getString("role")),
                InvitationStatus.of(row.getString("status")),
                token,
                acceptUrl,
                row.getOffsetDateTime("expires_at"),
                row.getOffsetDateTime("created_at"),
                row.getInteger("version"));
    }
}
