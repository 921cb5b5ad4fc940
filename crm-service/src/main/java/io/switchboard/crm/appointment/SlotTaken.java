package io.switchboard.crm.appointment;

import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.Problems;

/** Undoes a transaction whose booking clashes with another one; {@link Clashes} says with which. */
final class SlotTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final String TYPE = "appointment_slot_taken";

    private final transient Booking booking;

    SlotTaken(Booking booking) {
        super(TYPE, null, false, false);
        this.booking = booking;
    }

    Booking booking() {
        return booking;
    }

    /** Whether it is the exclusion constraint that has refused. */
    static boolean isMeantBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (TYPE.equals(Problems.constraint(cause))) {
                return true;
            }
        }
        return false;
    }

    static Problem problem() {
        return Problem.conflict(TYPE, "The assignee has another appointment at this time.");
    }
}
