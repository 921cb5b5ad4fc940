package io.switchboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.local.Service;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Times of a few minutes in organizations that are open day and night, all of them free at first.
 *
 * @param first of them
 * @param tokens of voice-service, which books for assistants, one an organization
 */
record BookableTimes(Instant first, List<String> tokens) {
    static final int MINUTES = 5;

    private static final List<String> WEEK =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    static BookableTimes open(OwnSuite suite, List<Tenants.Tenant> tenants) {
        tenants.forEach(tenant -> open(suite, tenant));
        free(suite);
        List<String> tokens =
                tenants.stream().map(tenant -> token(suite, tenant)).toList();
        tokens.forEach(token -> awaitSlots(suite, token));
        return new BookableTimes(Instant.now().truncatedTo(ChronoUnit.DAYS).plus(2, ChronoUnit.DAYS), tokens);
    }

    /** The appointments that are there hold the times that are booked next. */
    static void free(OwnSuite suite) {
        suite.run("set session_replication_role = replica", "delete from crm.appointments");
    }

    Instant at(long number) {
        return first.plus(number * MINUTES, ChronoUnit.MINUTES);
    }

    private static void open(OwnSuite suite, Tenants.Tenant tenant) {
        Map<String, Object> hours = new HashMap<>();
        WEEK.forEach(day -> hours.put(day, List.of(Map.of("from", "00:00", "to", "24:00"))));
        Api.patch(suite.url(Service.AUTH) + "/api/organization", tenant.accessToken(), Map.of("businessHours", hours));
        Api.patch(
                suite.url(Service.CRM) + "/api/appointments/rules",
                tenant.accessToken(),
                Map.of("slotMinutes", MINUTES, "horizonDays", 365));
    }

    private static String token(OwnSuite suite, Tenants.Tenant tenant) {
        return Api.postForm(
                        URI.create(suite.url(Service.AUTH) + "/oauth2/token"),
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", Service.VOICE.module(),
                                "client_secret", suite.clientSecret(Service.VOICE),
                                "resource", Service.CRM.module(),
                                "org_id", tenant.orgId().toString()))
                .path("access_token")
                .asText();
    }

    /** The opening hours are on their way to crm-service. */
    private static void awaitSlots(OwnSuite suite, String token) {
        Instant from = Instant.now().plus(2, ChronoUnit.DAYS);
        Map<String, Object> day = Map.of(
                "from", from.toString(), "to", from.plus(1, ChronoUnit.DAYS).toString(), "durationMinutes", MINUTES);
        for (int left = 60; left > 0; left--) {
            JsonNode answer = Api.post(suite.url(Service.CRM) + "/internal/tools/check_availability", token, day);
            if (answer.path("data").findValue("start") != null) {
                return;
            }
            Pause.seconds(1);
        }
    }
}
