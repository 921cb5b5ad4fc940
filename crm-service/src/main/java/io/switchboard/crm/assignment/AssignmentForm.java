package io.switchboard.crm.assignment;

import io.switchboard.kit.problem.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose a ticket is to be: an agent's or a team's.
 *
 * @param agentId an active admin or agent; the ticket stays with its team
 * @param teamId without a strategy, the ticket is then assigned to the team alone
 */
public record AssignmentForm(
        @Nullable UUID agentId,
        @Nullable UUID teamId,
        @Nullable AssignmentStrategy strategy) {

    /** Fails with {@code invalid}. */
    public void check() {
        if ((agentId == null) == (teamId == null)) {
            throw Problem.invalid("agentId", "is needed, or a teamId, but not both");
        }
        if (strategy != null && teamId == null) {
            throw Problem.invalid("strategy", "needs a teamId");
        }
    }
}
