package io.switchboard.voice.call;

import io.switchboard.voice.provider.CallEvent.Status;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How far a call has come. It only ever goes on: word of an earlier state, however late it comes, changes nothing. */
public sealed interface CallState {
    /** On the wire and in the database. */
    String label();

    /** Its place in a call's life. */
    int rank();

    /** Where the call stands when it is heard to be in that other state too. */
    default CallState then(CallState heard) {
        return heard.rank() > rank() ? heard : this;
    }

    /** Whether being here proves that the call was taken; null where it proves nothing. */
    default @Nullable Boolean answered() {
        return null;
    }

    /** Whether the other side has been rung at least. */
    default boolean reached() {
        return rank() >= 2;
    }

    default boolean over() {
        return false;
    }

    static CallState of(@Nullable Status told) {
        return told == null
                ? new Unknown()
                : switch (told) {
                    case QUEUED -> new Queued();
                    case RINGING -> new Ringing();
                    case IN_PROGRESS -> new InProgress();
                    case FORWARDING -> new Forwarding();
                    case ENDED -> new Ended();
                };
    }

    /** By its label, as the database has it. */
    static CallState labelled(String label) {
        CallState state = Unknown.BY_LABEL.get(label);
        if (state == null) {
            throw new IllegalArgumentException("no state of a call: " + label);
        }
        return state;
    }

    /** Heard of, but not how far it has come; or given up without word of its end. */
    record Unknown() implements CallState {
        private static final Map<String, CallState> BY_LABEL = Stream.of(
                        new Unknown(), new Queued(), new Ringing(), new InProgress(), new Forwarding(), new Ended())
                .collect(Collectors.toUnmodifiableMap(CallState::label, Function.identity()));

        @Override
        public String label() {
            return "unknown";
        }

        @Override
        public int rank() {
            return 0;
        }
    }

    /** To be placed. */
    record Queued() implements CallState {
        @Override
        public String label() {
            return "queued";
        }

        @Override
        public int rank() {
            return 1;
        }
    }

    /** Not taken yet. */
    record Ringing() implements CallState {
        @Override
        public String label() {
            return "ringing";
        }

        @Override
        public int rank() {
            return 2;
        }
    }

    /** They talk. */
    record InProgress() implements CallState {
        @Override
        public String label() {
            return "in_progress";
        }

        @Override
        public int rank() {
            return 3;
        }

        @Override
        public Boolean answered() {
            return true;
        }
    }

    /** Being handed to somebody else by whoever took it. */
    record Forwarding() implements CallState {
        @Override
        public String label() {
            return "forwarding";
        }

        @Override
        public int rank() {
            return 4;
        }

        @Override
        public Boolean answered() {
            return true;
        }
    }

    /** Over for good, taken or not. */
    record Ended() implements CallState {
        @Override
        public String label() {
            return "ended";
        }

        @Override
        public int rank() {
            return 5;
        }

        @Override
        public CallState then(CallState heard) {
            return this;
        }

        @Override
        public boolean over() {
            return true;
        }
    }
}
