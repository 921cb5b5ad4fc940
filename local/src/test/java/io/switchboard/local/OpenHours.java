package io.switchboard.local;

import static io.switchboard.local.Patience.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An organization whose only member can be booked at any time. */
final class OpenHours {
    private OpenHours() {}

    /** Free times of tomorrow, half an hour each. @param least how many there are to be */
    static List<String> openEveryDay(Tenant tenant, int least) {
        var week = new HashMap<String, Object>();
        List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
                .forEach(day -> week.put(day, List.of(Map.of("from", "00:00", "to", "24:00"))));
        tenant.api.patch(Service.AUTH, "/api/organization", Map.of("businessHours", week));
        await("the hours have reached crm-service")
                .until(() -> freeTimes(tenant).size() >= least);
        return freeTimes(tenant);
    }

    private static List<String> freeTimes(Tenant tenant) {
        var from = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        var path = "/api/appointments/availability?limit=40&durationMinutes=30&from=" + from + "&to="
                + from.plus(1, ChronoUnit.DAYS);
        var found = new ArrayList<String>();
        tenant.api
                .read(Service.CRM, path)
                .path("items")
                .forEach(slot -> found.add(slot.path("start").asText()));
        return found;
    }
}
