package io.switchboard.bench;

import io.switchboard.local.Service;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** W8: assistants book appointments by the tool, each at a time of its own; the caller on the phone waits for it. */
final class ToolBookings implements Requests {
    private static final double MOST_MILLIS = 300;
    private static final int CONNECTIONS = 8;

    private final OwnSuite suite;
    private final Options options;
    private final List<Tenants.Tenant> tenants;
    private final ContactRows rows;
    private final BookableTimes times;
    private int turn;

    private ToolBookings(
            OwnSuite suite, Options options, List<Tenants.Tenant> tenants, ContactRows rows, BookableTimes times) {
        this.suite = suite;
        this.options = options;
        this.tenants = tenants;
        this.rows = rows;
        this.times = times;
    }

    static void measure(OwnSuite suite, Options options, Tenants tenants, ContactRows rows, Results results) {
        Say.line("W8 opening the organizations day and night");
        BookableTimes times = BookableTimes.open(suite, tenants.now());
        new ToolBookings(suite, options, tenants.now(), rows, times).measure(results);
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
                        .formatted(rows.phone(tenant, n % rows.samplePerTenant()), times.at(n), BookableTimes.MINUTES);
        out.put(HttpText.postJson(
                suite.url(Service.CRM) + "/internal/tools/book_appointment",
                times.tokens().get(tenant),
                UUID.randomUUID().toString(),
                body));
    }
}
