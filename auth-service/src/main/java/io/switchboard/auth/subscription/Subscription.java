package io.switchboard.auth.subscription;

import io.switchboard.auth.user.User;
import io.switchboard.kit.http.Versioned;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;

/** The subscription of a user, one each; the database creates it with the user. Its period is computed by SQL. */
@Entity
@Table(name = "subscriptions")
@DynamicUpdate
public class Subscription implements Versioned {
    @Id
    private UUID id;

    @Column(insertable = false, updatable = false)
    private UUID userId;

    @ColumnTransformer(read = "tier::text", write = "?::subscription_tier")
    private String tier;

    @ColumnTransformer(read = "status::text", write = "?::subscription_status")
    private String status;

    @Version
    private int version;

    protected Subscription() {} // for Hibernate

    /**
     * Changes tier and status, and with them the limits of the user.
     *
     * @param allowed the limits of the form's tier: they fill what the form leaves open
     */
    void revise(SubscriptionForm form, User user, TierLimits allowed) {
        tier = form.tier();
        status = form.status();
        user.changeTier(
                tier,
                form.maxAgents() == null ? allowed.maxAgents() : form.maxAgents(),
                form.monthlyTokenQuota() == null ? allowed.monthlyTokenQuota() : form.monthlyTokenQuota());
    }

    SubscriptionForm form(User user) {
        return new SubscriptionForm(tier, status, user.maxAgents(), user.monthlyTokenQuota());
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public int version() {
        return version;
    }
}
