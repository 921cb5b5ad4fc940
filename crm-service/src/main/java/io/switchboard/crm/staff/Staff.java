package io.switchboard.crm.staff;

import io.smallrye.mutiny.Uni;
import io.switchboard.kit.member.Member;
import io.switchboard.kit.member.Members;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.Statements;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Who may be given work: active admins and agents. */
@ApplicationScoped
public class Staff {
    private static final String FIND_KNOWN =
            "select id from members where org_id = $1 and id = $2 and is_active and role in ('admin', 'agent')";
    private static final Set<String> ROLES = Set.of("admin", "agent");

    private final Members members;

    Staff(Members members) {
        this.members = members;
    }

    /** Never inside a transaction: it may ask auth-service. Fails with {@code invalid} on the field, or {@code unavailable}. */
    public Uni<Void> check(CallerContext caller, String field, Collection<UUID> ids) {
        return members.find(caller, field, ids)
                .invoke(found -> found.forEach(member -> check(field, member)))
                .replaceWithVoid();
    }

    /** The first half of a check: makes them known here. Never inside a transaction. Fails as {@link #check} does for unknown ones. */
    public Uni<Void> fetch(CallerContext caller, String field, Collection<UUID> ids) {
        return members.find(caller, field, ids).replaceWithVoid();
    }

    /** The second half, inside a transaction. */
    public Uni<Void> checkKnown(CallerContext caller, Statements statements, String field, UUID id) {
        return statements
                .first(FIND_KNOWN, Tuple.of(caller.orgId(), id), row -> row.getUUID("id"))
                .onItem()
                .ifNull()
                .failWith(() -> refused(field))
                .replaceWithVoid();
    }

    private static void check(String field, Member member) {
        if (!member.isActive() || !ROLES.contains(member.role())) {
            throw refused(field);
        }
    }

    private static Problem refused(String field) {
        return Problem.invalid(field, "must name an active admin or agent");
    }
}
