package io.switchboard.voice.agent;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.member.Member;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides who owns a new voice agent. */
@ApplicationScoped
class AgentOwners {
    private static final String FIELD = "ownerId";
    private static final Set<String> ROLES = Set.of("admin", "user", "enterprise");

    private final Members members;

    AgentOwners(Members members) {
        this.members = members;
    }

    /**
     * The owner: the caller, unless an admin names another. Never inside a transaction: it may ask auth-service. Fails with
     * {@code forbidden} where others name somebody else, and with {@code invalid} for an owner who is no active admin, user or
     * enterprise user, such as an access key that names no owner.
     */
    Uni<UUID> resolve(CallerContext caller, @Nullable UUID named) {
        var owner = named == null ? caller.userId() : named;
        if (owner == null) {
            throw invalid();
        }
        if (!owner.equals(caller.userId())) {
            return caller.role().equals("admin")
                    ? find(caller, owner)
                    : Uni.createFrom().failure(Problem.forbidden());
        }
        // Only a user's own token has limits: an access key has an id, too.
        return caller.limits() == null ? find(caller, owner) : Uni.createFrom().item(owner);
    }

    private Uni<UUID> find(CallerContext caller, UUID owner) {
        return members.find(caller, FIELD, List.of(owner)).map(found -> check(found.get(0)));
    }

    private static UUID check(Member member) {
        if (!member.isActive() || !ROLES.contains(member.role())) {
            throw invalid();
        }
        return member.id();
    }

    private static Problem invalid() {
        return Problem.invalid(FIELD, "must name an active admin, user or enterprise user");
    }
}
