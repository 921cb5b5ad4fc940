package io.switchboard.auth.user;

import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.problem.Problem;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;

/** A person who signs in to an organization. The password and the time of the last sign-in are written by SQL. */
@Entity
@Table(name = "users")
@DynamicUpdate
public class User implements Versioned {
    @Id
    private UUID id;

    @Column(insertable = false, updatable = false)
    private UUID orgId;

    @Column(insertable = false, updatable = false)
    private String email; // lower case

    private String fullName;
    private String avatarUrl; // null if there is no picture

    @ColumnTransformer(read = "role::text", write = "?::user_role")
    private String role;

    @ColumnTransformer(read = "metadata::text", write = "?::text::jsonb")
    private String metadata;

    @ColumnTransformer(read = "subscription_tier::text", write = "?::subscription_tier")
    private String subscriptionTier;

    private int maxAgents;
    private long monthlyTokenQuota; // tokens
    private boolean isActive;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime lastLoginAt; // null until the first sign-in

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime updatedAt;

    protected User() {} // for Hibernate

    void revise(ProfileForm form) {
        fullName = form.fullName();
        avatarUrl = form.avatarUrl();
        // The database writes JSON in its own way: compare the content, or each change would write the column.
        var next = new JsonObject(form.metadata());
        if (!new JsonObject(metadata).equals(next)) {
            metadata = next.encode();
        }
    }

    /**
     * Changes role, limits and whether the user may sign in. Fails with {@code invalid}, and with {@code last_admin} when it is
     * written.
     *
     * @param mayRaise whether the caller may raise limits
     */
    void revise(UserForm form, boolean mayRaise) {
        check(form, mayRaise);
        if (form.role() != null) {
            role = form.role();
        }
        isActive = form.isActive();
        limit(form.maxAgents(), form.monthlyTokenQuota());
    }

    /** Moves the user to a tier, with limits that may differ from those of the tier. */
    public void changeTier(String tier, int maxAgents, long monthlyTokenQuota) {
        subscriptionTier = tier;
        limit(maxAgents, monthlyTokenQuota);
    }

    private void limit(int maxAgents, long monthlyTokenQuota) {
        this.maxAgents = maxAgents;
        this.monthlyTokenQuota = monthlyTokenQuota;
    }

    private void check(UserForm form, boolean mayRaise) {
        var errors = new ArrayList<Problem.FieldError>();
        if ((form.role() == null) != isOperator()) {
            errors.add(new Problem.FieldError(
                    "role", form.role() == null ? "must not be null" : "of an operator cannot be changed"));
        }
        if (!mayRaise && form.maxAgents() > maxAgents) {
            errors.add(new Problem.FieldError("maxAgents", "must not be raised"));
        }
        if (!mayRaise && form.monthlyTokenQuota() > monthlyTokenQuota) {
            errors.add(new Problem.FieldError("monthlyTokenQuota", "must not be raised"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    ProfileForm profile() {
        return new ProfileForm(fullName, avatarUrl, metadata());
    }

    UserForm form() {
        return new UserForm(isOperator() ? null : role, isActive, maxAgents, monthlyTokenQuota);
    }

    private boolean isOperator() {
        return Role.of(role) == Role.PLATFORM_ADMIN;
    }

    private Map<String, Object> metadata() {
        return new JsonObject(metadata).getMap();
    }

    UserView view() {
        return new UserView(
                id,
                orgId,
                email,
                fullName,
                avatarUrl,
                Role.of(role),
                metadata(),
                subscriptionTier,
                maxAgents,
                monthlyTokenQuota,
                isActive,
                lastLoginAt,
                createdAt,
                updatedAt,
                version);
    }

    String email() {
        return email;
    }

    public int maxAgents() {
        return maxAgents;
    }

    public long monthlyTokenQuota() {
        return monthlyTokenQuota;
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
