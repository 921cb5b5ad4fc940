package io.switchboard.crm;

import io.switchboard.kit.test.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Organizations of whose settings auth-service has told this service. */
public final class Organizations {
    private static final List<String> WEEK =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private Organizations() {}

    /** Open every day from one time to another. */
    public static void open(UUID orgId, String timeZone, String from, String to) {
        var hours = new HashMap<String, Object>();
        WEEK.forEach(day -> hours.put(day, List.of(Map.of("from", from, "to", to))));
        put(orgId, timeZone, hours, List.of());
    }

    /** Hours by weekday, and closures. */
    public static void put(UUID orgId, String timeZone, Map<String, Object> hours, List<Map<String, String>> closures) {
        var form = new HashMap<String, Object>(Map.of(
                "timeZone", timeZone, "defaultRegion", "US", "businessHours", hours, "version", System.nanoTime()));
        if (!closures.isEmpty()) {
            form.put("closures", closures);
        }
        Caller.service("auth-service", orgId)
                .put("/internal/organization", form)
                .then()
                .statusCode(204);
    }
}
