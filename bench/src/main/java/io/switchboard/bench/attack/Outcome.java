package io.switchboard.bench.attack;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of an attack.
 *
 * @param peak MiB that the attacked service held at most
 * @param failure how the attack itself was answered wrongly; empty where it was not
 * @param recovery milliseconds after it until every read of the other tenant is answered 200
 */
record Outcome(Attack attack, boolean alive, long peak, Bystander other, long recovery, String failure) {
    private static final long LONGEST_RECOVERY = 10_000;
    private static final long LONGEST_CALL = 3_000;

    /** Everything that is not as it should be. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        if (!alive) {
            faults.add("the service ended");
        }
        if (!failure.isEmpty()) {
            faults.add(failure);
        }
        if (other.slowestRead.get() > attack.longestRead()) {
            faults.add("a read took too long");
        }
        if (!attack.outage() && other.failedReads.get() > 0) {
            faults.add("reads failed");
        }
        if (!attack.outage() && other.refusedCalls.get() > 0) {
            faults.add("deliveries were refused");
        }
        if (!attack.outage() && other.slowestCall.get() > LONGEST_CALL) {
            faults.add("a call was seen late");
        }
        if (recovery > LONGEST_RECOVERY) {
            faults.add("not back in time");
        }
        return faults;
    }

    String[] cells() {
        var faults = faults();
        return new String[] {
            attack.name(),
            attack.what(),
            faults.isEmpty() ? "held" : String.join("; ", faults),
            Long.toString(peak),
            other.reads.get() + " / " + other.failedReads.get(),
            Long.toString(other.slowestRead.get()),
            other.calls.get() + " / " + other.refusedCalls.get(),
            Long.toString(other.slowestCall.get()),
            Long.toString(recovery)
        };
    }
}
