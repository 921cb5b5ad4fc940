package io.switchboard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.local.Service;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** W8: assistants book appointments by the tool, each at a time of its own; the caller on the phone waits for it. */
final class ToolBookings implements Requests {
    private static final double MOST_MILLIS = 300;
    private static final int CONNECTIONS = 8;
    private static final int MINUTES = 5;

    private static final List<String> WEEK =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private final OwnSuite suite;
    private final Options options;
    private final List<Tenants.Tenant> tenants;
    private final ContactRows rows;
    private final List<String> tokens;
    private final Instant first = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(2, ChronoUnit.DAYS);
    private int turn;

    private ToolBookings(
            OwnSuite suite, Options options, List<Tenants.Tenant> tenants, ContactRows rows, List<String> tokens) {
        this.suite = suite;
        this.options = options;
        this.tenants = tenants;
        this.rows = rows;
        this.tokens = tokens;
    }

    static void measure(OwnSuite suite, Options options, Tenants tenants, ContactRows rows, Results results) {
        Say.line("W8 opening the organizations day and night");
        tenants.now().forEach(tenant -> open(suite, tenant));
        // Theirs hold the times that are booked now.
        suite.run("set session_replication_role = replica", "delete from crm.appointments");
        List<String> tokens =
                tenants.now().stream().map(tenant -> token(suite, tenant)).toList();
        tokens.forEach(token -> awaitSlots(suite, token));
        new ToolBookings(suite, options, tenants.now(), rows, tokens).measure(results);
    }

    private void measure(Results results) {
        Say.line("W8 booking by the tool through crm-service");
        Tally tally = new HttpLoop(suite.address(Service.CRM), CONNECTIONS, this)
                .run(options.warmUp(), options.seconds(), new CpuMeter(suite));
        Load load = tally.measured();
        long booked = suite.number("select count(*) from crm.appointments");
        results.figures()
                .addAll(List.of(
                        Figure.atMost(
                                MOST_MILLIS,
                                "W8 booking by a tool, p99 of %,.0f a second".formatted(load.perSecond()),
                                load.failed() ? Double.NaN : load.millis(99),
                                "%.0f ms"),
                        Figure.shown("W8 the same, p50", load.millis(50), "%.0f ms"),
                        Figure.atMost(
                                0, "W8 answered bookings that are not there", tally.acknowledged() - booked, "%.0f")));
    }

    @Override
    public void next(ByteBuffer out) {
        int tenant = turn % tenants.size();
        int n = turn / tenants.size();
        turn++;
        String body =
                "{\"phone\": \"%s\", \"serviceType\": \"Check-up\", \"scheduledAt\": \"%s\", \"durationMinutes\": %d}"
                        .formatted(
                                rows.phone(tenant, n % rows.samplePerTenant()),
                                first.plus((long) n * MINUTES, ChronoUnit.MINUTES),
                                MINUTES);
        out.put(HttpText.postJson(
                suite.url(Service.CRM) + "/internal/tools/book_appointment",
                tokens.get(tenant),
                UUID.randomUUID().toString(),
                body));
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
