package io.switchboard.auth.accesskey;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Origin;
import io.switchboard.auth.throttle.Refusals;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.kit.outbox.Fact;
import io.switchboard.kit.tenant.Acting;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who holds an access key. Unknown, revoked and expired ones and those of a suspended organization get the same answer. */
@ApplicationScoped
public class KeyLogin {
    /** Counts the attempt, looks, writes down the use and takes the attempt back, in one statement: one round trip. */
    private static final String FIND = """
            with attempt as materialized (
                select * from reserve_attempt($4)
            ), found as materialized (
                select k.id, k.role, k.secret_hash = $3 and k.revoked_at is null
                    and k.expires_at > now() and o.status = 'active' as good
                from access_keys k join organizations o on o.org_id = k.org_id and o.id = k.org_id
                where k.org_id = $1 and k.id = $2
            ), used as (
                update access_keys k set last_used_at = now()
                from found f, attempt a
                where k.org_id = $1 and k.id = f.id and f.good and a.refused is null
                    and (k.last_used_at is null or k.last_used_at < now() - interval '1 minute')
            )
            select %s, f.id, f.role, coalesce(f.good, false) as good,
                case when f.good and a.refused is null then return_attempt($4, a.reserved_at, true) end
            from attempt a left join found f on true
            """.formatted(Throttle.OUTCOME);

    private final TenantSql sql;
    private final Limits limits;
    private final Refusals refusals;

    KeyLogin(TenantSql sql, Limits limits, Refusals refusals) {
        this.sql = sql;
        this.limits = limits;
        this.refusals = refusals;
    }

    /** What a good key stands for. */
    public record Holder(UUID orgId, UUID id, String role) {}

    /** Fails with {@code unauthorized}, or with {@code too_many_attempts} (429). */
    public Uni<Holder> of(KeyCredentials key, Origin origin) {
        var orgId = key.token().orgId();
        var counted = Throttle.json(limits.address(origin.address()), limits.machine(key.clientId()));
        var args = Tuple.of(orgId, key.token().id(), key.token().hash(), counted);
        return sql.first(
                        Acting.service(orgId, "auth-service", origin.requestId()),
                        FIND,
                        args,
                        row -> found(row, orgId, counted))
                .chain(found -> found.good() ? Uni.createFrom().item(found.holder()) : refused(key, found, origin));
    }

    /** @param holder null where there is no such key */
    private record Found(@Nullable Holder holder, boolean good) {}

    private static Found found(Row row, UUID orgId, JsonArray counted) {
        Throttle.admitted(row, counted);
        var id = row.getUUID("id");
        return new Found(id == null ? null : new Holder(orgId, id, row.getString("role")), row.getBoolean("good"));
    }

    /** A key's organization is told of what was tried with it; an address that nobody has is the platform's business. */
    private Uni<Holder> refused(KeyCredentials key, Found found, Origin origin) {
        var holder = found.holder();
        var fact = Fact.failure("login", "access_keys", holder == null ? null : holder.id())
                .with(Map.of("clientId", Refusals.shortened(key.clientId())));
        return refusals.refuse(holder == null ? Acting.PLATFORM : holder.orgId(), fact, origin);
    }
}
