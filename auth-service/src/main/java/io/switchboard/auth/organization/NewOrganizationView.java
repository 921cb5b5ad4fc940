package io.switchboard.auth.organization;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.switchboard.auth.user.InvitationView;
import io.switchboard.kit.http.Versioned;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An organization that an operator founded.
 *
 * @param invitation of its first admin, where one was named; its token is shown only here
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

    static NewOrganizationView of(OrganizationView founded, @Nullable InvitationView invitation) {
        return new NewOrganizationView(
                founded.id(),
                founded.name(),
                founded.slug(),
                founded.status(),
                founded.createdAt(),
                founded.updatedAt(),
                invitation,
                founded.version());
    }
}
