package io.switchboard.bench;

import io.switchboard.local.Service;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** W8: the appointments of a day, as a calendar shows them. */
final class AppointmentsOfDay {
    private static final double FLOOR = 0.30;

    private AppointmentsOfDay() {}

    static Measured measure(Comparison comparison, Tenants tenants) {
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        String url = comparison.suite().url(Service.CRM) + "/api/appointments?limit=50";
        var requests = new TenantRequests(tenants, (tenant, number, random) -> {
            Instant day = today.plus(random.nextInt(2 * AppointmentRows.DAYS) - AppointmentRows.DAYS, ChronoUnit.DAYS);
            return HttpText.get(url + "&from=" + day + "&to=" + day.plus(1, ChronoUnit.DAYS), tenant.accessToken());
        });
        var same = TenantScripts.work(
                tenants.now(),
                number -> TenantScripts.page(
                        number,
                        "\\set day random(%d, %d)".formatted(-AppointmentRows.DAYS, AppointmentRows.DAYS - 1),
                        Script.of("list-appointments.sql", Map.of("today", Long.toString(today.getEpochSecond())))));
        return comparison.measure(
                "W8 appointments of a day",
                FLOOR,
                requests,
                same,
                "a day has " + AppointmentRows.A_DAY + " appointments, an organization "
                        + 2 * AppointmentRows.DAYS * AppointmentRows.A_DAY + ".");
    }
}
