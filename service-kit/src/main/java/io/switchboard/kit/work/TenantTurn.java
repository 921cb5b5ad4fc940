package io.switchboard.kit.work;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Which tenant was served last. A claim begins with the one behind it, and goes on with the first one behind the last. */
public final class TenantTurn {
    private volatile UUID last = new UUID(0, 0);

    public UUID last() {
        return last;
    }

    /** @param tenants of a claim that began behind {@link #last}, in any order */
    public void served(List<UUID> tenants) {
        var from = last.toString(); // texts are in the database's order
        tenants.stream()
                .map(UUID::toString)
                .max(Comparator.comparing((String id) -> id.compareTo(from) <= 0)
                        .thenComparing(Comparator.naturalOrder()))
                .ifPresent(id -> last = UUID.fromString(id));
    }
}
