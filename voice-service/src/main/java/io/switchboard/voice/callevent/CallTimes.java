package io.switchboard.voice.callevent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a call started, was answered and ended, and how each time is known. */
public record CallTimes(
        @Nullable Moment started,
        @Nullable Moment answered,
        @Nullable Moment ended) {
    public static final CallTimes UNKNOWN = new CallTimes(null, null, null);

    /** How a time is known, weakest first. */
    public enum Basis {
        /** The time at which the event arrived. */
        ARRIVAL,
        /** The time of the event. */
        EVENT,
        /** The provider states this very time. */
        STATED
    }

    /** A time and how it is known. */
    public record Moment(Instant at, Basis basis) {
        public static @Nullable Moment stated(@Nullable Instant at) {
            return at == null ? null : new Moment(at, Basis.STATED);
        }

        public static @Nullable Moment event(@Nullable Instant at) {
            return at == null ? null : new Moment(at, Basis.EVENT);
        }

        /** Of an event: its own time where it tells one, else that of its arrival. */
        public static Moment toldOrArrived(@Nullable Instant told, Instant arrived) {
            return told == null ? arrival(arrived) : new Moment(told, Basis.EVENT);
        }

        public static Moment arrival(Instant at) {
            return new Moment(at, Basis.ARRIVAL);
        }
    }
}
