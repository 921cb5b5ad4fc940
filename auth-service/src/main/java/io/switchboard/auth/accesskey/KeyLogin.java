package io.switchboard.auth.accesskey;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Refusals;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.token.TokenIssuer;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.Uncancellable;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signing in with an access key. Unknown, revoked and expired keys and those of a suspended organization get the same answer. */
@ApplicationScoped
public class KeyLogin {
    /**
     * Finds the key and records the sign-in in one round trip. A repetition from the same address within a minute is not
     * recorded: it gets the token that it has already.
     */
    private static final String FIND = """
            with found as materialized (
                select k.id, k.role, k.secret_hash = $3 and k.revoked_at is null
                    and k.expires_at > now() and o.is_active as good
                from access_keys k join organization_accounts o on o.org_id = k.org_id and o.id = k.org_id
                where k.org_id = $1 and k.id = $2
            ), used as (
                update access_keys k set last_used_at = now(), last_used_ip = $4::text::inet, last_used_agent = $5
                from found f
                where k.org_id = $1 and k.id = f.id and f.good
                    and (k.last_used_at is null or k.last_used_at < now() - interval '%d seconds'
                        or k.last_used_ip is distinct from $4::text::inet or k.last_used_agent is distinct from $5)
                returning k.id
            ), fact as (
                insert into outbox (org_id, id, event)
                select $1, $6::uuid, $7::jsonb || jsonb_build_object('actorId', u.id, 'actorType', 'user') from used u
            )
            select f.id, f.role, f.good from found f
            """.formatted(TokenIssuer.REISSUED_FOR.toSeconds() - 1);

    private final TenantSql sql;
    private final Outbox outbox;
    private final Throttle throttle;
    private final Limits limits;
    private final Refusals refusals;

    KeyLogin(TenantSql sql, Outbox outbox, Throttle throttle, Limits limits, Refusals refusals) {
        this.sql = sql;
        this.outbox = outbox;
        this.throttle = throttle;
        this.limits = limits;
        this.refusals = refusals;
    }

    /** The access key that has signed in. */
    public record Holder(UUID orgId, UUID id, String role) {}

    /**
     * Fails with {@code unauthorized}, or with {@code too_many_attempts} (429). As with the services' own secrets only failures
     * are counted: an id is not secret, and knowing it must not be enough to lock the key.
     */
    public Uni<Holder> of(KeyCredentials key, Origin origin) {
        var orgId = key.token().orgId();
        return Uncancellable.run(sql.first(
                        CallerContext.Value.service(orgId, "auth-service", origin),
                        FIND,
                        args(key, origin),
                        row -> new Found(
                                new Holder(orgId, row.getUUID("id"), row.getString("role")), row.getBoolean("good")))
                .chain(found -> found != null && found.good()
                        ? Uni.createFrom().item(found.holder())
                        : refuse(key, found == null ? null : found.holder(), origin)));
    }

    private Tuple args(KeyCredentials key, Origin origin) {
        var token = key.token();
        var service = CallerContext.Value.service(token.orgId(), "auth-service", origin);
        var fact = outbox.entry(service, AuditEvent.success("login", "access_keys", token.id()));
        return Tuple.tuple()
                .addValue(token.orgId())
                .addValue(token.id())
                .addValue(token.hash())
                .addValue(origin.address())
                .addValue(origin.userAgent())
                .addValue(fact.id())
                .addValue(fact.event());
    }

    private record Found(Holder holder, boolean good) {}

    /** A failure is recorded for the key's organization; for an unknown key, for the platform. */
    private Uni<Holder> refuse(KeyCredentials key, @Nullable Holder holder, Origin origin) {
        var fact = AuditEvent.failure("login", "access_keys", holder == null ? null : holder.id())
                .with(Map.of("clientId", Refusals.shortened(key.clientId())));
        return throttle.reserve(limits.address(origin.address()), limits.accessKeyId(key.clientId()))
                .chain(attempt -> refusals.refuse(
                        holder == null ? CallerContext.PLATFORM : holder.orgId(), fact, origin, attempt));
    }
}
