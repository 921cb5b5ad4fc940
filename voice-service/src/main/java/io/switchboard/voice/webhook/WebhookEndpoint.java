package io.switchboard.voice.webhook;

import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.secret.RowCipher;
import io.switchboard.kit.tenant.CallerContext;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;

/** Where one provider sends one organization's events. */
@Entity
@Table(name = WebhookEndpoint.TABLE)
@DynamicUpdate
public class WebhookEndpoint implements Versioned {
    static final String TABLE = "webhook_endpoints";

    @Id
    private UUID id;

    private UUID orgId;
    private String provider;
    private String label;

    @ColumnTransformer(read = "options::text", write = "?::text::jsonb")
    private String options;

    private byte[] secret; // sealed
    private byte[] previousSecret; // sealed; verifies too until previousValidUntil
    private OffsetDateTime previousValidUntil;
    private OffsetDateTime previousLastUsedAt; // of the current previous secret, to the minute

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime updatedAt;

    protected WebhookEndpoint() {} // for Hibernate

    WebhookEndpoint(
            CallerContext caller,
            String provider,
            String label,
            Map<String, Object> options,
            String secret,
            RowCipher cipher) {
        id = UuidV7.next();
        orgId = caller.orgId();
        this.provider = provider;
        this.label = label;
        this.options = new JsonObject(options).encode();
        this.secret = seal(secret, cipher);
    }

    void revise(String label, Map<String, Object> options) {
        this.label = label;
        if (!options.equals(options())) { // the same in other words is no change
            this.options = new JsonObject(options).encode();
        }
    }

    /** The old secret stays valid for the grace time; the one before it ends at once. */
    void rotate(String next, Duration grace, RowCipher cipher) {
        previousSecret = secret;
        previousLastUsedAt = null;
        previousValidUntil = OffsetDateTime.now(ZoneOffset.UTC).plus(grace);
        secret = seal(next, cipher);
    }

    /** In the clear. */
    String secret(RowCipher cipher) {
        return new String(cipher.open(secret, orgId, TABLE, id), StandardCharsets.UTF_8);
    }

    private byte[] seal(String clear, RowCipher cipher) {
        return cipher.seal(clear.getBytes(StandardCharsets.UTF_8), orgId, TABLE, id);
    }

    WebhookEndpointPatch form() {
        return new WebhookEndpointPatch(label, options());
    }

    WebhookEndpointView view(PublicUrl url) {
        return new WebhookEndpointView(
                id,
                provider,
                label,
                url.of(provider, id),
                options(),
                previousValidUntil,
                previousLastUsedAt,
                createdAt,
                updatedAt,
                version);
    }

    /** @param clear the secret that was sealed just now; it is shown only here */
    IssuedEndpoint issued(PublicUrl url, String clear) {
        return new IssuedEndpoint(
                id, provider, label, url.of(provider, id), clear, options(), createdAt, updatedAt, version);
    }

    Map<String, Object> options() {
        return new JsonObject(options).getMap();
    }

    String provider() {
        return provider;
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
