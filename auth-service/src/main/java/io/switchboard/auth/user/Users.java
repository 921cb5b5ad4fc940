package io.switchboard.auth.user;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.token.TokenIssuer.Plan;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The users of the organization at hand. */
@ApplicationScoped
public class Users {
    /** What {@link #view} reads, of a table called u. */
    public static final String COLUMNS =
            "u.id, u.org_id, u.email, u.full_name, u.avatar_url, u.role::text as role, u.metadata,"
                    + " u.subscription_tier::text as subscription_tier, u.max_agents, u.monthly_token_quota, u.is_active,"
                    + " u.last_login_at, u.created_at, u.updated_at, u.version";

    /** Of an e-mail: letters younger than our Unicode are in lower case or not as the database's Unicode has it. */
    public static final String KNOWN_LETTERS = "\\P{Cn}*";

    private static final String SHOW = "select " + COLUMNS + " from users u where u.org_id = $1 and u.id = $2";
    private static final String REVISE = "update users u set full_name = $3, avatar_url = $4, metadata = $5"
            + " where u.org_id = $1 and u.id = $2 returning " + COLUMNS;
    private static final String FIND = "select org_id from find_user($1)";
    private static final String ADD = "insert into users as u (org_id, id, email, full_name, role, password_hash)"
            + " values ($1, $2, $3, $4, $5, $6)";

    private final TenantSql sql;

    Users(TenantSql sql) {
        this.sql = sql;
    }

    /** Somebody who is to become a user; the password comes hashed. */
    public record NewUser(UUID id, String email, String fullName, Role role, String passwordHash) {}

    /** E-mails are told apart without regard to case. */
    public static String normal(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /** Fails with {@code email_taken}, in whichever organization. */
    public Uni<Void> add(CallerContext tenant, Statements statements, NewUser user) {
        return statements
                .run(
                        ADD,
                        Tuple.of(
                                tenant.orgId(),
                                user.id(),
                                user.email(),
                                user.fullName(),
                                user.role().wire(),
                                user.passwordHash()))
                .replaceWithVoid();
    }

    /** The caller; an operator acts in whichever organization the user is of. Fails with {@code user_not_found} there. */
    public Uni<CallerContext> tenantOf(UUID id, CallerContext caller) {
        if (!Role.PLATFORM_ADMIN.wire().equals(caller.role())) {
            return Uni.createFrom().item(caller);
        }
        return sql.<CallerContext>first(
                        caller,
                        FIND,
                        Tuple.of(id),
                        row -> CallerContext.Value.onBehalf(row.getUUID("org_id"), caller, "auth-service"))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("user", id));
    }

    /** Fails with {@code user_not_found}. */
    public Uni<UserView> show(CallerContext tenant, UUID id) {
        return sql.first(tenant, SHOW, Tuple.of(tenant.orgId(), id), Users::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("user", id));
    }

    /** Fails with {@code user_not_found}, and as the check and the change do. */
    Uni<UserView> revise(CallerContext tenant, UUID id, Consumer<UserView> check, UnaryOperator<ProfileForm> change) {
        return sql.transaction(tenant, statements -> statements
                .first(SHOW + " for update", Tuple.of(tenant.orgId(), id), Users::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("user", id))
                .invoke(check)
                .map(user -> change.apply(new ProfileForm(user.fullName(), user.avatarUrl(), user.metadata())))
                .chain(form -> statements.first(REVISE, revised(tenant, id, form), Users::view)));
    }

    private static Tuple revised(CallerContext tenant, UUID id, ProfileForm form) {
        return Tuple.of(tenant.orgId(), id, form.fullName(), form.avatarUrl(), new JsonObject(form.metadata()));
    }

    public static UserView view(Row row) {
        return new UserView(
                row.getUUID("id"),
                row.getUUID("org_id"),
                row.getString("email"),
                row.getString("full_name"),
                row.getString("avatar_url"),
                Role.of(row.getString("role")),
                row.getJsonObject("metadata").getMap(),
                row.getString("subscription_tier"),
                row.getInteger("max_agents"),
                row.getLong("monthly_token_quota"),
                row.getBoolean("is_active"),
                row.getOffsetDateTime("last_login_at"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("updated_at"),
                row.getInteger("version"));
    }

    public static Plan plan(UserView user) {
        return new Plan(user.subscriptionTier(), user.maxAgents(), user.monthlyTokenQuota());
    }
}
