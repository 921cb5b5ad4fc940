package io.switchboard.audit.event;

/** Says why one event is not taken; the others of its batch are. */
final class InvalidEvent extends RuntimeException {
    InvalidEvent(String reason) {
        super(reason, null, false, false); // an answer, not a fault: no stack trace
    }
}
