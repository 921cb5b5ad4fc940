package io.switchboard.auth.pin;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.clientsession.ClientSessions;
import io.switchboard.auth.clientsession.PinLoginView;
import io.switchboard.auth.throttle.KnownAddresses;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Refusals;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.throttle.Throttle.Attempt;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.Uncancellable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signing in by PIN. An unused PIN, one of a client that is switched off and one of another organization than was
 * named cost the same work and get the same answer.
 */
@ApplicationScoped
class PinLogin {
    private static final UUID UNKNOWN_ID = new UUID(0, 0);
    private static final String NO_ORGANIZATION = ""; // no slug is
    private static final String BEGIN = "select " + Throttle.OUTCOME + ", org_id, id from authenticate_pin($1, $2, $3)";
    private static final String CREDENTIALS = "select c.company_name, c.pin_hash, c.pin_key_id,"
            + " c.may_sign_in as active from client_accounts c where c.org_id = $1 and c.id = $2";

    private final TenantSql sql;
    private final Pins pins;
    private final Limits limits;
    private final Throttle throttle;
    private final ClientSessions sessions;
    private final Refusals refusals;
    private final KnownAddresses knownAddresses;

    PinLogin(
            TenantSql sql,
            Pins pins,
            Limits limits,
            Throttle throttle,
            ClientSessions sessions,
            Refusals refusals,
            KnownAddresses knownAddresses) {
        this.sql = sql;
        this.pins = pins;
        this.limits = limits;
        this.throttle = throttle;
        this.sessions = sessions;
        this.refusals = refusals;
        this.knownAddresses = knownAddresses;
    }

    /** The client that the PIN names; of the platform and with UNKNOWN_ID if it is unknown. */
    private record NamedClient(Attempt attempt, UUID orgId, UUID id) {}

    /** The stored data that the PIN is checked against. */
    private record ClientCredentials(String companyName, Pins.Hash pin, boolean active) {}

    /** Fails with {@code unauthorized}, {@code too_many_attempts} or {@code pin_needs_organization} (429). */
    Uni<PinLoginView> login(PinLoginForm form, Origin origin) {
        return Uncancellable.run(begin(form, origin)
                .chain(client -> throttle.counting(
                        client.attempt(),
                        failure -> failure instanceof Problem problem && problem.status() == 401,
                        () -> verify(client, form.pin(), origin)))
                .invoke(() -> knownAddresses.add(origin.address())));
    }

    private Uni<NamedClient> begin(PinLoginForm form, Origin origin) {
        var counted = limits(form.organization(), origin);
        var keys = pins.keys(form.pin()).stream().map(Buffer::buffer).toArray(Buffer[]::new);
        return throttle.counted(BEGIN, Tuple.of(keys, slug(form), counted))
                .map(row -> client(row, Throttle.admitted(row, counted)));
    }

    private JsonArray limits(@Nullable String slug, Origin origin) {
        var address = limits.address(origin.address());
        return slug == null
                ? Throttle.json(address, limits.platform())
                : Throttle.json(
                        address, limits.organization(slug), limits.platform().lenient());
    }

    /** A short PIN is looked for only where its organization is named. */
    private static @Nullable String slug(PinLoginForm form) {
        return form.organization() == null && form.pin().length() < Pins.DIGITS ? NO_ORGANIZATION : form.organization();
    }

    private static NamedClient client(Row row, Attempt attempt) {
        var orgId = row.getUUID("org_id");
        return orgId == null
                ? new NamedClient(attempt, CallerContext.PLATFORM, UNKNOWN_ID)
                : new NamedClient(attempt, orgId, row.getUUID("id"));
    }

    private Uni<PinLoginView> verify(NamedClient client, String pin, Origin origin) {
        return findCredentials(client, origin).chain(credentials -> pins.matches(
                        knownAddresses.caller(origin.address()), pin, credentials == null ? null : credentials.pin())
                .chain(matches -> matches && credentials.active()
                        ? sessions.open(
                                CallerContext.Value.client(client.orgId(), client.id(), origin),
                                credentials.companyName(),
                                credentials.pin().phc(),
                                client.attempt())
                        : refuse(client, origin)));
    }

    private Uni<@Nullable ClientCredentials> findCredentials(NamedClient client, Origin origin) {
        return sql.first(
                CallerContext.Value.service(client.orgId(), "auth-service", origin),
                CREDENTIALS,
                Tuple.of(client.orgId(), client.id()),
                row -> new ClientCredentials(
                        row.getString("company_name"),
                        new Pins.Hash(row.getString("pin_hash"), row.getString("pin_key_id")),
                        row.getBoolean("active")));
    }

    private Uni<PinLoginView> refuse(NamedClient client, Origin origin) {
        var clientId = client.id().equals(UNKNOWN_ID) ? null : client.id();
        return refusals.refuse(
                client.orgId(), AuditEvent.failure("login", "clients", clientId), origin, client.attempt());
    }
}
