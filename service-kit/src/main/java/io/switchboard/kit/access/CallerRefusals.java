package io.switchboard.kit.access;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What one caller was refused of late. Becomes many at a number within a time; then it is to be reported, and begins anew. */
final class CallerRefusals {
    private static final int MOST_OPERATIONS = 5;

    private final Limits limits;
    private final Deque<Refusal> recent = new ArrayDeque<>(); // while they are few
    private final Map<Operation, Integer> operations = new HashMap<>(); // from when they are many
    private int forbidden;
    private int notFound;
    private boolean isDue;
    private boolean isReported;
    private long notBefore;

    CallerRefusals(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param many how many of them are worth a report
     * @param windowMillis within what time
     * @param pauseMillis between two reports
     */
    record Limits(int many, long windowMillis, long pauseMillis) {}

    /** @param isForbidden whether it was a 403, else a 404 */
    record Refusal(Operation operation, boolean isForbidden, long atMillis) {}

    /** @param operations the most frequent ones, most frequent first */
    record RefusalReport(int forbidden, int notFound, Map<String, Integer> operations) {}

    /** In how many milliseconds a report is to be made, where this refusal makes one due. */
    synchronized OptionalLong add(Refusal refusal) {
        if (isDue) {
            count(refusal);
            return OptionalLong.empty();
        }
        recent.removeIf(earlier -> refusal.atMillis() - earlier.atMillis() > limits.windowMillis());
        recent.add(refusal);
        if (recent.size() < limits.many()) {
            return OptionalLong.empty();
        }
        recent.forEach(this::count);
        recent.clear();
        isDue = true;
        return OptionalLong.of(isReported ? Math.max(0, notBefore - refusal.atMillis()) : 0);
    }

    synchronized RefusalReport report(long nowMillis) {
        var report = new RefusalReport(forbidden, notFound, mostFrequent());
        operations.clear();
        forbidden = 0;
        notFound = 0;
        isDue = false;
        isReported = true;
        notBefore = nowMillis + limits.pauseMillis();
        return report;
    }

    private void count(Refusal refusal) {
        operations.merge(refusal.operation(), 1, Integer::sum);
        if (refusal.isForbidden()) {
            forbidden++;
        } else {
            notFound++;
        }
    }

    private Map<String, Integer> mostFrequent() {
        return operations.entrySet().stream()
                .sorted(Map.Entry.<Operation, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_OPERATIONS)
                .collect(Collectors.toMap(
                        entry -> entry.getKey().method() + " " + entry.getKey().path(),
                        Map.Entry::getValue,
                        Integer::sum,
                        LinkedHashMap::new));
    }
}
