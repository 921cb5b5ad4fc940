package io.switchboard.auth.clientsession;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Throttle.Attempt;
import io.switchboard.auth.token.IssuedToken;
import io.switchboard.auth.token.TokenIssuer;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.secret.OpaqueToken;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;

/** Sessions of PIN clients: 24 hours from when they were last used, 30 days in all, by the database's time. */
@ApplicationScoped
public class ClientSessions {
    /** Nothing for a client that has got another PIN, or was switched off, since this one was checked: the lock waits for that. */
    private static final String OPEN = """
            with client as (
                select c.id from lock_client($3, $11) c
            ), session as (
                insert into client_sessions (org_id, id, client_id, token_hash, ip, user_agent)
                select $1, $2::uuid, c.id, $4::bytea, $5::text::inet, $6 from client c
                returning expires_at
            ), fact as (
                insert into outbox (org_id, id, event) select $1, $7::uuid, $8::jsonb from session
            )
            select expires_at, return_attempt($9, $10, true) from session
            """;

    private static final String VALIDATE =
            "select org_id, client_id, company_name, expires_at from validate_session($1)";
    private static final String FIND = "select org_id, id, client_id from find_client_session($1)";
    private static final String END = """
            with ended as (
                update client_sessions set revoked_at = now()
                where org_id = $1 and id = $2 and revoked_at is null
                returning id
            )
            insert into outbox (org_id, id, event) select $1, $3::uuid, $4::jsonb from ended
            """;

    private final TenantSql sql;
    private final Outbox outbox;
    private final TokenIssuer issuer;

    ClientSessions(TenantSql sql, Outbox outbox, TokenIssuer issuer) {
        this.sql = sql;
        this.outbox = outbox;
        this.issuer = issuer;
    }

    /**
     * Fails with {@code unauthorized} where the PIN is another one by now.
     *
     * @param pinHash that the PIN was checked against
     */
    public Uni<PinLoginView> open(CallerContext client, String companyName, String pinHash, Attempt attempt) {
        var token = OpaqueToken.next();
        var origin = client.origin();
        var fact = AuditEvent.success("login", "clients", client.clientId());
        var row = outbox.entry(client, fact);
        var args = Tuple.tuple()
                .addValue(client.orgId())
                .addValue(UuidV7.next())
                .addValue(client.clientId())
                .addValue(token.hash())
                .addValue(origin.address())
                .addValue(origin.userAgent())
                .addValue(row.id())
                .addValue(row.event())
                .addValue(attempt.limits())
                .addValue(attempt.at())
                .addValue(pinHash);
        return sql.first(client, OPEN, args, opened -> opened.getOffsetDateTime("expires_at"))
                .onItem()
                .ifNull()
                .failWith(Problem::unauthorized)
                .chain(expiresAt -> answer(client, companyName, token, expiresAt));
    }

    private Uni<PinLoginView> answer(
            CallerContext client, String companyName, OpaqueToken token, OffsetDateTime expiresAt) {
        return issuer.forClient(client.orgId(), client.clientId())
                .map(access -> new PinLoginView(
                        client.clientId(), companyName, token.reveal(), expiresAt, access.text(), access.expiresIn()));
    }

    /** An active session, which this prolongs. Fails with {@code unauthorized}. */
    Uni<SessionView> validate(OpaqueToken shown) {
        return sql.crossTenant(VALIDATE, Tuple.of(shown.hash()))
                .map(ClientSessions::only)
                .chain(row -> issuer.forClient(row.getUUID("org_id"), row.getUUID("client_id"))
                        .map(access -> view(row, access)));
    }

    /** Fails with {@code unauthorized} if the session is unknown or over. */
    Uni<Void> end(OpaqueToken shown, Origin origin) {
        return sql.crossTenant(FIND, Tuple.of(shown.hash()))
                .map(ClientSessions::only)
                .chain(row ->
                        end(row, CallerContext.Value.client(row.getUUID("org_id"), row.getUUID("client_id"), origin)));
    }

    private Uni<Void> end(Row session, CallerContext client) {
        var fact = AuditEvent.success("logout", "clients", client.clientId());
        var row = outbox.entry(client, fact);
        return sql.execute(client, END, Tuple.of(client.orgId(), session.getUUID("id"), row.id(), row.event()))
                .replaceWithVoid();
    }

    private static Row only(RowSet<Row> rows) {
        var row = rows.iterator();
        if (!row.hasNext()) {
            throw Problem.unauthorized();
        }
        return row.next();
    }

    private static SessionView view(Row row, IssuedToken access) {
        return new SessionView(
                true,
                row.getUUID("client_id"),
                row.getString("company_name"),
                row.getOffsetDateTime("expires_at"),
                access.text(),
                access.expiresIn());
    }
}
