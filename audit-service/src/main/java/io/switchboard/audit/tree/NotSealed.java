package io.switchboard.audit.tree;

import io.switchboard.kit.problem.Problem;

/** The answer about records that are not in the tree yet. */
public final class NotSealed {
    private static final int SECONDS = 2; // sealing takes one or two

    private NotSealed() {}

    public static Problem problem() {
        return Problem.conflict("not_sealed", "This is not sealed yet; try again in " + SECONDS + " seconds.", SECONDS);
    }
}
