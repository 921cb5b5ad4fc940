package io.switchboard.auth.throttle;

import io.quarkus.arc.Arc;
import java.util.function.Function;

/** Finds a limit's counter in {@code login_attempts}, whose keys are HMACs. */
public final class Counter {
    private Counter() {}

    /** A condition that its row alone fulfils. */
    public static String of(Function<Limits, Limit> limit) {
        return "encode(key, 'hex') = '" + key(limit) + "'";
    }

    /** In hexadecimal. */
    public static String key(Function<Limits, Limit> limit) {
        var limits = Arc.container().instance(Limits.class).get();
        return limit.apply(limits).json().getString("key");
    }
}
