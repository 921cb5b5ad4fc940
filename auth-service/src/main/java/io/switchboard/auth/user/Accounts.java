package io.switchboard.auth.user;

import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.kit.http.Cursor;
import io.switchboard.kit.http.Page;
import io.switchboard.kit.http.PageOf;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.outbox.Outbox;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The users of an organization as those see them who run it. */
@ApplicationScoped
class Accounts {
    private static final String LIST = "select " + Users.COLUMNS + " from users u where u.org_id = $1"
            + " and ($3::text is null or u.role::text = $3) and ($4::boolean is null or u.is_active = $4)"
            + " and ($5::text is null or strpos(lower(u.full_name), $5) > 0 or strpos(u.email, $5) > 0)";
    private static final String ORDER = " order by u.created_at desc, u.id desc limit $2";
    private static final String FIRST = LIST + ORDER;
    private static final String AFTER = LIST + " and (u.created_at, u.id) < ($6, $7)" + ORDER;
    private static final String HOLD =
            "select " + Users.COLUMNS + " from users u where u.org_id = $1 and u.id = $2 for update";
    private static final String REVISE =
            "update users u set role = coalesce($3::text::user_role, u.role), is_active = $4, max_agents = $5,"
                    + " monthly_token_quota = $6 where u.org_id = $1 and u.id = $2 returning " + Users.COLUMNS;
    private static final String UNLOCK = """
            with devices as (
                delete from device_tokens d where d.org_id = $1 and d.user_id = $2
            ), fact as (
                insert into outbox (org_id, id, event) values ($1, $3, $4)
            )
            select return_attempt($5, null, true)
            """;
    private static final String REMOVE = "delete from users u where u.org_id = $1 and u.id = $2";

    private final TenantSql sql;
    private final Outbox outbox;
    private final Limits limits;

    Accounts(TenantSql sql, Outbox outbox, Limits limits) {
        this.sql = sql;
        this.outbox = outbox;
        this.limits = limits;
    }

    Uni<PageOf<UserView>> list(CallerContext caller, UserFilter filter, Page page) {
        var after = page.after();
        var args = Tuple.of(caller.orgId(), page.rows(), filter.role(), filter.isActive(), filter.words());
        var rows = after == null
                ? sql.list(caller, FIRST, args, Users::view)
                : sql.list(caller, AFTER, args.addValue(after.time()).addValue(after.id()), Users::view);
        return rows.map(views -> PageOf.of(views, page, view -> Cursor.at(view.createdAt(), view.id())));
    }

    /**
     * Fails with {@code user_not_found}, {@code invalid} or {@code last_admin}, and as the check and the change do.
     *
     * @param caller only a service raises limits, on an operator's behalf
     */
    Uni<UserView> revise(CallerContext caller, UUID id, Consumer<UserView> check, UnaryOperator<UserForm> change) {
        var mayRaise = caller.service() != null;
        return sql.transaction(caller, statements -> held(caller, statements, id)
                .invoke(check)
                .map(user -> change.apply(UserForm.of(user)).checked(user, mayRaise))
                .chain(form -> statements.first(REVISE, revised(caller, id, form), Users::view)));
    }

    /** Fails with {@code user_not_found} or {@code last_admin}, and as the check does. */
    Uni<Void> remove(CallerContext caller, UUID id, Consumer<UserView> check) {
        return sql.transaction(caller, statements -> held(caller, statements, id)
                .invoke(check)
                .chain(user -> statements.run(REMOVE, Tuple.of(caller.orgId(), id)))
                .replaceWithVoid());
    }

    /**
     * Forgets how often somebody failed to sign in as the user, and the known devices, whose counters go by tokens that only
     * they have. Fails with {@code user_not_found}.
     */
    Uni<Void> unlock(CallerContext caller, UUID id) {
        return sql.transaction(caller, statements -> held(caller, statements, id)
                .chain(user -> statements.run(UNLOCK, unlocked(caller, user)))
                .replaceWithVoid());
    }

    private Tuple unlocked(CallerContext caller, UserView user) {
        var fact = outbox.entry(caller, AuditEvent.success("unlock", "users", user.id()));
        var counters = Throttle.json(limits.account(user.email()), limits.totp(user.id()));
        return Tuple.of(caller.orgId(), user.id(), fact.id(), fact.event(), counters);
    }

    private static Uni<UserView> held(CallerContext caller, Statements statements, UUID id) {
        return statements
                .first(HOLD, Tuple.of(caller.orgId(), id), Users::view)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("user", id));
    }

    private static Tuple revised(CallerContext caller, UUID id, UserForm form) {
        return Tuple.of(caller.orgId(), id, form.role(), form.isActive(), form.maxAgents(), form.monthlyTokenQuota());
    }
}
