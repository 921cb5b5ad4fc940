package io.switchboard.kit.member;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The members and settings of organizations: copies of what auth-service has. It pushes each change; what has not arrived when it
 * is needed is asked for, and kept.
 */
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
            "insert into organization_settings (org_id, id, time_zone, default_region, business_hours, closures, is_active, version)"
                    + " values ($1, $1, $2, $3, $4, $5, $6, $7) on conflict (org_id, id) do update set time_zone = excluded.time_zone,"
                    + " default_region = excluded.default_region, business_hours = excluded.business_hours,"
                    + " closures = excluded.closures, is_active = excluded.is_active, version = excluded.version"
                    + " where organization_settings.version < excluded.version";
    private static final String FIND =
            "select id, name, email, role, is_active, subscription_tier, max_agents, monthly_token_quota"
                    + " from members where org_id = $1 and id = any ($2)";
    private static final String SETTINGS = "select time_zone, default_region, business_hours, closures, is_active"
            + " from organization_settings where org_id = $1 and id = $1";
    private static final int MOST_IDS = 50;
    private static final int REQUESTS_AT_ONCE = 8;
    private static final String REGION = "select default_region from organization_settings";
    private static final String REGION_UNKNOWN = "US";

    private final TenantSql sql;
    private final MemberClient auth;

    Members(TenantSql sql, MemberClient auth) {
        this.sql = sql;
        this.auth = auth;
    }

    /**
     * The members of these ids, each once, in their order, switched-off ones too. Never inside a transaction: it may ask
     * auth-service. Fails with {@code invalid} (422) for an id that is no member's and for more than 50 ids, and with
     * {@code unavailable} (503) while auth-service is away and an id is not known here.
     *
     * @param field the wire name of the field with the ids
     */
    public Uni<List<Member>> find(CallerContext caller, String field, Collection<UUID> ids) {
        var wanted = new LinkedHashSet<>(ids);
        if (wanted.size() > MOST_IDS) {
            throw Problem.invalid(field, "must not name more than " + MOST_IDS + " users");
        }
        return select(caller, wanted)
                .chain(known -> known.keySet().containsAll(wanted)
                        ? Uni.createFrom().item(known)
                        : fetch(caller, wanted, known.keySet()).chain(() -> select(caller, wanted)))
                .map(known -> wanted.stream().map(id -> get(known, id, field)).toList());
    }

    private static Member get(Map<UUID, Member> known, UUID id, String field) {
        var member = known.get(id);
        if (member == null) {
            throw Problem.invalid(field, "must name a user of the organization");
        }
        return member;
    }

    private Uni<Map<UUID, Member>> select(CallerContext caller, Set<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : sql.list(caller, FIND, Tuple.of(caller.orgId()).addValue(ids.toArray(UUID[]::new)), Members::member)
                        .map(members -> members.stream().collect(Collectors.toMap(Member::id, Function.identity())));
    }

    /** Keeps what auth-service knows of those that are not known here. */
    private Uni<?> fetch(CallerContext caller, Set<UUID> wanted, Set<UUID> known) {
        var requests = wanted.stream()
                .filter(id -> !known.contains(id))
                .map(id ->
                        auth.findMember(caller, id).onItem().ifNotNull().transformToUni(form -> put(caller, id, form)))
                .toList();
        return Uni.join().all(requests).usingConcurrencyOf(REQUESTS_AT_ONCE).andFailFast();
    }

    /**
     * The settings of the caller's organization. Never inside a transaction: it may ask auth-service. Fails with
     * {@code unavailable} (503) while that is away and the settings are not known here.
     */
    public Uni<OrganizationSettings> settings(CallerContext caller) {
        return selectSettings(caller).onItem().ifNull().switchTo(() -> auth.getOrganization(caller)
                .chain(form -> put(caller, form))
                .chain(() -> selectSettings(caller)));
    }

    private Uni<@Nullable OrganizationSettings> selectSettings(CallerContext caller) {
        return sql.first(caller, SETTINGS, Tuple.of(caller.orgId()), Members::settings);
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
        var closures = settings.closures() == null ? List.<Closure>of() : settings.closures();
        var args = Tuple.tuple()
                .addValue(caller.orgId())
                .addValue(settings.timeZone())
                .addValue(settings.defaultRegion())
                .addValue(JsonObject.mapFrom(settings.businessHours()))
                .addValue(Closure.json(closures))
                .addValue(!Boolean.FALSE.equals(settings.isActive()))
                .addValue(settings.version());
        return sql.execute(caller, PUT_ORGANIZATION, args).replaceWithVoid();
    }

    /** ISO 3166 code by which numbers without a country are read; US until the settings have arrived. */
    public Uni<String> defaultRegion(CallerContext caller) {
        return sql.first(caller, REGION, Tuple.tuple(), row -> row.getString(0))
                .map(region -> region == null ? REGION_UNKNOWN : region);
    }

    /** The same inside an open transaction. */
    public Uni<String> defaultRegion(SessionSql session) {
        return session.select(REGION).map(rows -> rows.hasNext() ? (String) rows.next()[0] : REGION_UNKNOWN);
    }

    private static Member member(Row row) {
        return new Member(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("email"),
                row.getString("role"),
                row.getBoolean("is_active"),
                row.getString("subscription_tier"),
                row.getInteger("max_agents"),
                row.getLong("monthly_token_quota"));
    }

    private static OrganizationSettings settings(Row row) {
        return new OrganizationSettings(
                row.getString("time_zone"),
                row.getString("default_region"),
                row.getJsonObject("business_hours").getMap(),
                Closure.list(row.getJsonArray("closures")),
                row.getBoolean("is_active"));
    }
}
