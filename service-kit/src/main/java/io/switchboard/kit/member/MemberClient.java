package io.switchboard.kit.member;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks auth-service for members and settings. Fails with {@code unavailable} (503) while it gives no usable answer. */
@ApplicationScoped
class MemberClient {
    private final CopyClient copies;

    MemberClient(CopyClient copies) {
        this.copies = copies;
    }

    /** Null if the organization has no such user. */
    Uni<@Nullable MemberForm> findMember(CallerContext caller, UUID id) {
        return copies.find(caller, "/internal/members/" + id, MemberForm.class);
    }

    Uni<OrganizationSettingsForm> getOrganization(CallerContext caller) {
        return copies.find(caller, "/internal/organization", OrganizationSettingsForm.class)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.unavailable(1));
    }
}
