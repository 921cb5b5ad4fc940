package io.switchboard.kit.member;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** The copies, written by pushes alone. */
@ApplicationScoped
public class Members {
    private static final String PUT =
            "insert into members (org_id, id, name, email, role, is_active, subscription_tier, max_agents, monthly_token_quota, version)"
                    + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (org_id, id) do update set name = excluded.name,"
                    + " email = excluded.email, role = excluded.role, is_active = excluded.is_active,"
                    + " subscription_tier = excluded.subscription_tier, max_agents = excluded.max_agents,"
                    + " monthly_token_quota = excluded.monthly_token_quota, version = excluded.version"
                    + " where members.version < excluded.version";
    private static final String PUT_ORGANIZATION =
            "insert into organization_settings (org_id, id, time_zone, default_region, business_hours, is_active, version)"
                    + " values ($1, $1, $2, $3, $4, $5, $6) on conflict (org_id, id) do update set time_zone = excluded.time_zone,"
                    + " default_region = excluded.default_region, business_hours = excluded.business_hours,"
                    + " is_active = excluded.is_active, version = excluded.version"
                    + " where organization_settings.version < excluded.version";
    private static final String REGION = "select default_region from organization_settings";
    private static final String REGION_UNKNOWN = "US";

    private final TenantSql sql;

    Members(TenantSql sql) {
        this.sql = sql;
    }

    /** An older version than the one kept changes nothing. */
    public Uni<Void> put(CallerContext caller, UUID id, MemberForm member) {
        var args = Tuple.tuple()
                .addValue(caller.orgId())
                .addValue(id)
                .addValue(member.name())
                .addValue(member.email())
                .addValue(member.role())
                .addValue(member.isActive())
                .addValue(member.subscriptionTier())
                .addValue(member.maxAgents())
                .addValue(member.monthlyTokenQuota())
                .addValue(member.version());
        return sql.execute(caller, PUT, args).replaceWithVoid();
    }

    public Uni<Void> put(CallerContext caller, OrganizationSettingsForm settings) {
        var args = Tuple.of(
                caller.orgId(),
                settings.timeZone(),
                settings.defaultRegion(),
                JsonObject.mapFrom(settings.businessHours()),
                !Boolean.FALSE.equals(settings.isActive()),
                settings.version());
        return sql.execute(caller, PUT_ORGANIZATION, args).replaceWithVoid();
    }

    /** ISO 3166 code by which numbers without a country are read; US until the first push has come. */
    public Uni<String> defaultRegion(CallerContext caller) {
        return sql.first(caller, REGION, Tuple.tuple(), row -> row.getString(0))
                .map(region -> region == null ? REGION_UNKNOWN : region);
    }

    /** The same inside a transaction that is open already. */
    public Uni<String> defaultRegion(SessionSql session) {
        return session.select(REGION).map(rows -> rows.hasNext() ? (String) rows.next()[0] : REGION_UNKNOWN);
    }
}
