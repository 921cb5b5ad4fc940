package io.switchboard.auth.organization;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.auth.user.InvitationView;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An organization that an operator has created.
 *
 * @param invitation of its first admin, if one was named; only this answer has its token
 */
public record NewOrganizationView(
        UUID id,
        String name,
        String slug,
        String status,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable InvitationView invitation,
        @JsonIgnore int version)
        implements Versioned {

    static NewOrganizationView of(OrganizationView created, @Nullable InvitationView invitation) {
        return new NewOrganizationView(
                created.id(),
                created.name(),
                created.slug(),
                created.status(),
                created.createdAt(),
                created.updatedAt(),
                invitation,
                created.version());
    }
}
