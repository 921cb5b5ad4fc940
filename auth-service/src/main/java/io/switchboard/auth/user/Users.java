package io.switchboard.auth.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.auth.token.TokenIssuer.Plan;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.member.MemberForm;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.EntityDeletion;
import io.switchboard.kit.tenant.ListQuery;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantTransaction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The users of an organization; the only Java code with queries on them. */
@ApplicationScoped
public class Users implements PanacheRepositoryBase<User, UUID> {
    /** What {@link #view} reads, of a table called u. */
    public static final String COLUMNS =
            "u.id, u.org_id, u.email, u.full_name, u.avatar_url, u.role::text as role, u.metadata,"
                    + " u.subscription_tier::text as subscription_tier, u.max_agents, u.monthly_token_quota, u.is_active,"
                    + " u.last_login_at, u.created_at, u.updated_at, u.version";

    /** The letters of an e-mail: Java and the database may lower-case letters that are newer than Java's Unicode in other ways. */
    public static final String KNOWN_LETTERS = "\\P{Cn}*";

    private static final String SHOW = "select " + COLUMNS + " from users u where u.org_id = $1 and u.id = $2";
    private static final String LIST = "select " + COLUMNS + " from users u where u.org_id = $1"
            + " and ($2::text is null or u.role::text = $2) and ($3::boolean is null or u.is_active = $3)"
            + " and ($4::text is null or strpos(lower(u.full_name), $4) > 0 or strpos(u.email, $4) > 0)";
    private static final String FIND = "select org_id from find_user($1)";
    private static final String FIND_BY_EMAIL = "select u.id from users u where u.org_id = $1 and u.email = $2";
    private static final String LOCK = "select u.is_active from users u where u.org_id = $1 and u.id = $2 for update";
    private static final String COPY = "select member_copy(u) as copy from users u where u.org_id = $1 and u.id = $2";
    private static final String UNLOCK = """
            with fact as (
                insert into outbox (org_id, id, event) values ($1, $3, $4)
            )
            select delete_devices_of($2), return_attempt($5, null, true)
            """;
    private static final String ADD = "insert into users as u (org_id, id, email, full_name, role, password_hash)"
            + " values ($1, $2, $3, $4, $5, $6)";

    private final TenantSql sql;
    private final TenantTransaction transaction;
    private final Outbox outbox;
    private final Limits limits;

    Users(TenantSql sql, TenantTransaction transaction, Outbox outbox, Limits limits) {
        this.sql = sql;
        this.transaction = transaction;
        this.outbox = outbox;
        this.limits = limits;
    }

    /** A user to be created; the password is hashed already. */
    public record NewUser(UUID id, String email, String fullName, Role role, String passwordHash) {}

    /** E-mails are compared without regard to case. */
    public static String normal(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }

    /** Fails with {@code email_taken} if a user of any organization has the e-mail. */
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

    /** The caller; an operator acts in the organization of the user. Fails with {@code user_not_found} for operators. */
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

    /** The id of the tenant's user with this e-mail; null if there is none. */
    public Uni<@Nullable UUID> findByEmail(CallerContext tenant, String email) {
        return sql.first(tenant, FIND_BY_EMAIL, Tuple.of(tenant.orgId(), email), row -> row.getUUID("id"));
    }

    /** What crm- and voice-service keep of a user. Fails with {@code user_not_found}. */
    public Uni<MemberForm> copy(CallerContext tenant, UUID id) {
        return sql.first(tenant, COPY, Tuple.of(tenant.orgId(), id), row -> row.getJsonObject("copy")
                        .mapTo(MemberForm.class))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("user", id));
    }

    Uni<PageOf<UserView>> list(CallerContext caller, UserFilter filter, Page page) {
        var list = new ListQuery(page, LIST, caller.orgId(), filter.role(), filter.isActive(), filter.words())
                .newestFirst("u.created_at", "u.id");
        return sql.page(caller, list, Users::view, view -> Cursor.at(view.createdAt(), view.id()));
    }

    /** The user, locked until the transaction ends. Fails with {@code user_not_found}. */
    public Uni<User> lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("user", id));
    }

    /** The same for work on the PG client: whether there is such a user, and an active one. */
    public Uni<Boolean> lock(Statements statements, CallerContext tenant, UUID id) {
        return statements
                .first(LOCK, Tuple.of(tenant.orgId(), id), row -> row.getBoolean("is_active"))
                .map(Boolean.TRUE::equals);
    }

    /** Applies a change and reads back what the database adds. Fails with {@code user_not_found}, and as the change does. */
    Uni<UserView> change(CallerContext tenant, UUID id, Consumer<User> change) {
        return transaction.run(
                tenant, session -> lock(id).invoke(change).chain(this::save).map(User::view));
    }

    /** Writes what has changed, and reads back the time of the change. Fails with {@code last_admin}. */
    public Uni<User> save(User user) {
        return flush().chain(Panache::getSession)
                .call(session -> session.refresh(user))
                .replaceWith(user);
    }

    /** Fails with {@code user_not_found} or {@code last_admin}, and as the check does. */
    Uni<Void> remove(CallerContext tenant, UUID id, Consumer<User> check) {
        return transaction.run(
                tenant, session -> lock(id).invoke(check).chain(user -> EntityDeletion.delete(this, user)));
    }

    /**
     * Forgets how often signing in as the user has failed, and the known devices, each of which has a counter of its own. Fails
     * with {@code user_not_found}.
     */
    Uni<Void> unlock(CallerContext caller, UUID id) {
        return sql.transaction(caller, statements -> statements
                .first(SHOW, Tuple.of(caller.orgId(), id), Users::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("user", id))
                .chain(user -> statements.run(UNLOCK, unlockArguments(caller, user)))
                .replaceWithVoid());
    }

    private Tuple unlockArguments(CallerContext caller, UserView user) {
        var event = outbox.entry(caller, AuditEvent.success("unlock", "users", user.id()));
        var counters = Throttle.json(limits.account(user.email()), limits.totp(user.id()));
        return Tuple.of(caller.orgId(), user.id(), event.id(), event.event(), counters);
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
