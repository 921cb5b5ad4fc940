package io.switchboard.voice.subscription;

import io.switchboard.kit.http.EnumParam;
import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** Where one organization's own systems are sent events, and which. */
@Entity
@Table(name = WebhookSubscription.TABLE)
@DynamicUpdate
public class WebhookSubscription implements Versioned {
    static final String TABLE = "webhook_subscriptions";

    @Id
    private UUID id;

    private UUID orgId;
    private String url;
    private String[] events;
    private String description;
    private byte[] secret; // sealed
    private byte[] previousSecret; // sealed; signs too until previousValidUntil
    private OffsetDateTime previousValidUntil;
    private String status = SubscriptionStatus.ACTIVE.wire();
    private String disabledReason;
    private OffsetDateTime failingSince;

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime updatedAt;

    protected WebhookSubscription() {} // for Hibernate

    /** @param url as it may be called */
    WebhookSubscription(
            CallerContext caller,
            String url,
            List<String> events,
            @Nullable String description,
            String clear,
            RowCipher cipher) {
        id = UuidV7.next();
        orgId = caller.orgId();
        this.url = url;
        this.events = EventTypes.require(events);
        this.description = description;
        secret = seal(clear, cipher);
    }

    /** Enabled again it has a clean record. */
    void revise(WebhookSubscriptionChange change) {
        url = change.url();
        events = EventTypes.require(change.events());
        description = change.description();
        if (!status.equals(change.status().wire())) {
            status = change.status().wire();
            disabledReason = null;
            failingSince = null;
        }
    }

    /** The old secret signs too for the grace time; the one before it ends at once. */
    void rotate(String next, Duration grace, RowCipher cipher) {
        previousSecret = secret;
        previousValidUntil = OffsetDateTime.now(ZoneOffset.UTC).plus(grace);
        secret = seal(next, cipher);
    }

    private byte[] seal(String clear, RowCipher cipher) {
        return cipher.seal(clear.getBytes(StandardCharsets.UTF_8), orgId, TABLE, id);
    }

    WebhookSubscriptionChange form() {
        return new WebhookSubscriptionChange(url, List.of(events), description, status());
    }

    WebhookSubscriptionView view() {
        return new WebhookSubscriptionView(
                id,
                url,
                List.of(events),
                description,
                status(),
                disabledReason,
                failingSince,
                previousValidUntil,
                createdAt,
                updatedAt,
                version);
    }

    /** @param clear the secret that was sealed just now; it is shown only here */
    IssuedSubscription issued(String clear) {
        return new IssuedSubscription(
                id, url, List.of(events), description, status(), clear, createdAt, updatedAt, version);
    }

    private SubscriptionStatus status() {
        return Objects.requireNonNull(EnumParam.fromWire(SubscriptionStatus.class, status));
    }

    OffsetDateTime previousValidUntil() {
        return previousValidUntil;
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
