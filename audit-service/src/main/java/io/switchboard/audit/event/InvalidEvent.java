package io.switchboard.audit.event;

/** The reason why one event is rejected; the others of its batch are recorded. */
final class InvalidEvent extends RuntimeException {
    InvalidEvent(String reason) {
        super(reason, null, false, false); // an answer, not a fault: no stack trace
    }
}
