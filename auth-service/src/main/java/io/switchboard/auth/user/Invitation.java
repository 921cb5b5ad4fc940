package io.switchboard.auth.user;

import io.switchboard.kit.http.Versioned;
import io.switchboard.kit.id.UuidV7;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.secret.OpaqueToken;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** An invitation to an organization, for the holder of its token. */
@Entity
@Table(name = "invitations")
@DynamicUpdate
public class Invitation implements Versioned {
    /** The status at this moment, in SQL. */
    static final String STATUS =
            "case when status = 'pending' and expires_at <= now() then 'expired' else status::text end";

    @Id
    private UUID id;

    private UUID orgId;
    private String email;

    @ColumnTransformer(read = "role::text", write = "?::user_role")
    private String role;

    // An invitation past its time counts as expired before the clean-up marks it.
    @ColumnTransformer(read = STATUS, write = "?::invitation_status")
    private String status;

    private byte[] tokenHash;

    // Null if an access key invites: it is not a user.
    @ColumnTransformer(write = "(select u.id from users u where u.org_id = current_org_id() and u.id = ?)")
    private UUID invitedBy;

    @Version
    private int version;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime expiresAt;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    protected Invitation() {} // for Hibernate

    Invitation(CallerContext caller, InvitationForm form, OpaqueToken token) {
        id = UuidV7.next();
        orgId = caller.orgId();
        email = Users.normal(form.email());
        role = form.role();
        status = InvitationStatus.PENDING.wire();
        tokenHash = token.hash().getBytes();
        invitedBy = caller.userId();
    }

    /** Fails with {@code invitation_ended} unless it is pending. */
    void revoke() {
        if (!InvitationStatus.PENDING.wire().equals(status)) {
            throw Problem.conflict("invitation_ended", "The invitation is " + status + " already.");
        }
        status = InvitationStatus.REVOKED.wire();
    }

    InvitationView view() {
        return view(null, null);
    }

    InvitationView view(@Nullable String token, @Nullable String acceptUrl) {
        return new InvitationView(
                id, email, Role.of(role), InvitationStatus.of(status), token, acceptUrl, expiresAt, createdAt, version);
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
