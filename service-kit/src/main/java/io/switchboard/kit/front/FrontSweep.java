package io.switchboard.kit.front;

import io.switchboard.kit.problem.Problem;

/** Ends what takes a client too long: a head, a body, an answer that it does not read, and waiting between requests. */
final class FrontSweep {
    private FrontSweep() {}

    /** Runs on the connection's event loop. */
    static void check(FrontConnection connection, long now) {
        if (!connection.channel.isOpen()) {
            return;
        }
        if (connection.pending.isStuck(now)) {
            connection.pending.cutOff();
            return;
        }
        switch (connection.stage()) {
            case HEAD -> checkHead(connection, now);
            case BODY -> {
                if (connection.body().isTooSlow(now)) {
                    connection.refuse(Problem.of(408, "body_too_slow", "The body did not come in time."));
                }
            }
            case ANSWER -> {}
            case CLOSING -> checkClosing(connection, now);
        }
    }

    private static void checkHead(FrontConnection connection, long now) {
        if (connection.head.isTooSlow(now)) {
            connection.refuse(Problem.of(408, "headers_too_slow", "The headers did not come in time."));
        } else if (!connection.head.isBegun() && connection.waiting.isTooLong(now)) {
            connection.cutOff();
        }
    }

    private static void checkClosing(FrontConnection connection, long now) {
        var closing = connection.closing;
        if (closing.isOver(now) && (connection.pending.isDone() || closing.isLate(now))) {
            connection.cutOff();
        }
    }
}
