package io.switchboard.voice.inbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Finds tenants that press: so many of their deliveries arrive that storing them needs the whole machine. */
final class LoadMeter {
    /** Deliveries a commit, of all tenants. Below it no tenant presses. */
    private static final double HIGH = 4;

    /** Deliveries a commit of a tenant that presses. */
    private static final double OWN = 0.5;

    /** A lower average is dropped, so that only tenants of the last few commits are kept. */
    private static final double LITTLE = 0.05;

    private static final double WEIGHT = 0.1;
    private static final long RECENT_NANOS = 250_000_000L;

    private final Map<UUID, Double> deliveries = new HashMap<>();
    private long lastAt = System.nanoTime() - RECENT_NANOS;

    /** @param tenants of each delivery in a commit */
    synchronized void committed(List<UUID> tenants) {
        deliveries.replaceAll((tenant, average) -> average * (1 - WEIGHT));
        tenants.forEach(tenant -> deliveries.merge(tenant, WEIGHT, Double::sum));
        deliveries.values().removeIf(average -> average < LITTLE);
        lastAt = System.nanoTime();
    }

    synchronized Set<UUID> pressing() {
        double all =
                deliveries.values().stream().mapToDouble(average -> average).sum();
        if (all < HIGH || System.nanoTime() - lastAt >= RECENT_NANOS) {
            return Set.of();
        }
        return deliveries.entrySet().stream()
                .filter(tenant -> tenant.getValue() >= OWN)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
