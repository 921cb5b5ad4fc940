package io.switchboard.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What came of requests or transactions sent for a while: how many, how fast, and what went wrong. */
final class Load {
    private static final long LONGEST_MICROS = 60_000_000;

    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private final Map<String, Long> errors = new TreeMap<>();
    private long succeeded;
    private double seconds;

    void success(long nanos) {
        succeeded++;
        latency(nanos / 1_000);
    }

    /** One that counts for the percentiles only, as a sample of all. */
    void latency(long tookMicros) {
        micros.recordValue(Math.min(tookMicros, LONGEST_MICROS));
    }

    void error(String what) {
        errors.merge(what, 1L, Long::sum);
    }

    void error(String what, long times) {
        errors.merge(what, times, Long::sum);
    }

    /** Closes the books. */
    Load over(double tookSeconds) {
        seconds = tookSeconds;
        return this;
    }

    Load of(long successes) {
        succeeded = successes;
        return this;
    }

    long succeeded() {
        return succeeded;
    }

    double perSecond() {
        return succeeded / seconds;
    }

    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1_000.0;
    }

    boolean failed() {
        return !errors.isEmpty() || succeeded == 0;
    }

    /** In words; empty when all went well. */
    String troubles() {
        if (errors.isEmpty() && succeeded == 0) {
            return "nothing was answered";
        }
        return errors.entrySet().stream()
                .map(error -> error.getValue() + " × " + error.getKey())
                .collect(Collectors.joining(", "));
    }
}
