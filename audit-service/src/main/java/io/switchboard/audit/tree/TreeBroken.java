package io.switchboard.audit.tree;

import io.switchboard.kit.problem.Problem;

/** The answer where the tree, or a record of it, is not all there any more. */
public final class TreeBroken {
    private static final String TYPE = "tree_broken";

    private TreeBroken() {}

    public static Problem problem() {
        return Problem.conflict(TYPE, "The log is not as it was sealed: see GET /api/audit/integrity.");
    }

    public static boolean is(Throwable failure) {
        return failure instanceof Problem problem && problem.type().equals(TYPE);
    }
}
