package io.switchboard.auth.accesskey;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A machine credential of an organization: whoever holds it acts in its role. */
@Entity
@Table(name = "access_keys")
@DynamicUpdate
public class AccessKey {
    private static final int LAST_YEAR = 9999; // of what RFC 3339 can say

    @Id
    private UUID id;

    private UUID orgId;
    private String name;
    private String role;
    private byte[] secretHash;

    @Nullable
    private OffsetDateTime expiresAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    protected AccessKey() {} // for Hibernate

    /** Fails with {@code invalid}. */
    AccessKey(Tenant tenant, AccessKeyForm form, KeyCredentials credentials) {
        if (form.expiresAt() != null && form.expiresAt().getYear() > LAST_YEAR) {
            throw Problem.invalid("expiresAt", "must be a year of four digits");
        }
        id = credentials.token().id();
        orgId = tenant.orgId();
        name = form.name();
        role = form.role();
        secretHash = credentials.token().hash().getBytes();
        expiresAt = form.expiresAt();
    }

    AccessKeyView view(KeyCredentials credentials) {
        var secret = credentials.clientSecret();
        var clientId = credentials.clientId();
        return new AccessKeyView(id, name, role, clientId, secret, clientId + "." + secret, createdAt, expiresAt, null);
    }
}
