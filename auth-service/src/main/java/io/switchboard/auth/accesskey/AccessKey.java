package io.switchboard.auth.accesskey;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A machine credential of an organization: its holder acts in its role. */
@Entity
@Table(name = "access_keys")
@DynamicUpdate
public class AccessKey {
    private static final Period LONGEST = Period.ofYears(1);

    @Id
    private UUID id;

    private UUID orgId;
    private String name;
    private String role;
    private byte[] secretHash;

    private OffsetDateTime expiresAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    protected AccessKey() {} // for Hibernate

    /** Fails with {@code invalid}. */
    AccessKey(CallerContext caller, AccessKeyForm form, KeyCredentials credentials) {
        id = credentials.token().id();
        orgId = caller.orgId();
        name = form.name();
        role = form.role();
        secretHash = credentials.token().hash().getBytes();
        expiresAt = expiry(form.expiresAt());
    }

    private static OffsetDateTime expiry(@Nullable OffsetDateTime asked) {
        var latest = OffsetDateTime.now(ZoneOffset.UTC).plus(LONGEST);
        if (asked != null && asked.isAfter(latest)) {
            throw Problem.invalid("expiresAt", "must be within a year");
        }
        return asked == null ? latest : asked;
    }

    AccessKeyView view(KeyCredentials credentials) {
        var secret = credentials.clientSecret();
        var clientId = credentials.clientId();
        return new AccessKeyView(id, name, role, clientId, secret, clientId + "." + secret, createdAt, expiresAt, null);
    }
}
