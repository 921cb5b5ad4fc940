package io.switchboard.auth.subscription;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.user.User;
import io.switchboard.auth.user.Users;
import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.SessionSql;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.TenantTransaction;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The subscriptions of an organization: one for each user. */
@ApplicationScoped
class Subscriptions implements PanacheRepositoryBase<Subscription, UUID> {
    private static final String SHOW = "select " + SubscriptionView.COLUMNS
            + " from subscription_details s where s.org_id = $1 and s.user_id = $2";

    private final TenantSql sql;
    private final TenantTransaction transaction;
    private final Users users;
    private final Tiers tiers;

    Subscriptions(TenantSql sql, TenantTransaction transaction, Users users, Tiers tiers) {
        this.sql = sql;
        this.transaction = transaction;
        this.users = users;
        this.tiers = tiers;
    }

    /** Fails with {@code user_not_found}. */
    Uni<SubscriptionView> show(CallerContext tenant, UUID userId) {
        return sql.first(tenant, SHOW, Tuple.of(tenant.orgId(), userId), SubscriptionView::of)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("user", userId));
    }

    /** Fails with {@code user_not_found}, and as the check and the change do. */
    Uni<SubscriptionView> revise(
            CallerContext tenant, UUID userId, Consumer<Versioned> check, UnaryOperator<SubscriptionForm> change) {
        return transaction.run(tenant, session -> users.lock(userId)
                .chain(user -> find("userId", userId)
                        .singleResult()
                        .invoke(subscription -> check.accept(new UserSubscription(subscription, user)))
                        .chain(subscription -> revise(session, subscription, user, change)))
                .chain(this::flush)
                .chain(() -> session.statements().first(SHOW, Tuple.of(tenant.orgId(), userId), SubscriptionView::of)));
    }

    private Uni<Void> revise(
            SessionSql session, Subscription subscription, User user, UnaryOperator<SubscriptionForm> change) {
        var form = change.apply(subscription.form(user));
        return tiers.find(session, form.tier())
                .invoke(allowed -> subscription.revise(form, user, allowed))
                .replaceWithVoid();
    }

    /** The version that callers see changes with the subscription and with its user, who has the limits. */
    private record UserSubscription(Subscription subscription, User user) implements Versioned {
        @Override
        public UUID id() {
            return subscription.id();
        }

        @Override
        public int version() {
            return subscription.version() + user.version();
        }
    }
}
