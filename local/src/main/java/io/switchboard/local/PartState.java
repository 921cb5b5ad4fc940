package io.switchboard.local;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of one part of the suite.
 *
 * @param pid null when it does not run
 */
public record PartState(String part, State state, Long pid, int port, URI url) {

    /** RUNNING: there is a process, but its readiness check does not answer 200. */
    public enum State {
        STOPPED,
        RUNNING,
        READY
    }

    static PartState of(String part, Optional<ProcessHandle> process, boolean ready, int port, URI url) {
        State state = process.isEmpty() ? State.STOPPED : ready ? State.READY : State.RUNNING;
        return new PartState(part, state, process.map(ProcessHandle::pid).orElse(null), port, url);
    }

    public boolean ready() {
        return state == State.READY;
    }

    /** A line of {@code ./switchboard status}. */
    @Override
    public String toString() {
        return String.format(
                "%-14s  %-8s  pid %-8s  port %-5d  %s",
                part, state.name().toLowerCase(Locale.ROOT), pid == null ? "-" : pid, port, url);
    }
}
