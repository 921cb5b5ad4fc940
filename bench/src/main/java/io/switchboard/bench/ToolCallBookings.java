package io.switchboard.bench;

import io.switchboard.local.Service;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** W13: assistants book appointments in live calls, from Vapi's tool call to its answer: each in another call, at a time of its own. */
final class ToolCallBookings implements Requests {
    private static final double MOST_MILLIS = 300;
    private static final int CONNECTIONS = 8;
    private static final String TOOL = "book_appointment";
    private static final String TITLE = "W13 booking by a tool call";

    private final OwnSuite suite;
    private final Options options;
    private final List<Tenants.Tenant> tenants;
    private final List<FrontDesk> desks;
    private final ContactRows rows;
    private final BookableTimes times;
    private final LiveQuestions questions = new LiveQuestions();
    private int turn;

    ToolCallBookings(OwnSuite suite, Options options, Tenants tenants, List<FrontDesk> desks, ContactRows rows) {
        this.suite = suite;
        this.options = options;
        this.tenants = tenants.now();
        this.desks = desks;
        this.rows = rows;
        Say.line("W13 opening the organizations day and night");
        this.times = BookableTimes.open(suite, this.tenants);
    }

    void measure(Pgbench pgbench, Results results) {
        CpuMeter cpu = new CpuMeter(suite);
        Backlog.await(suite);
        Say.line(TITLE + ", through voice-service and crm-service");
        Tally tally = new HttpLoop(suite.address(Service.VOICE), CONNECTIONS, this)
                .run(options.warmUp(), options.seconds(), cpu);
        Load load = tally.measured();
        Measured.Way service = new Measured.Way("voice-service, crm-service", load, cpu.used());
        long missing = tally.acknowledged() - suite.number("select count(*) from crm.appointments");
        Say.line(TITLE + ": the booking by pgbench");
        Backlog.await(suite);
        Load reached = pgbench.with(CONNECTIONS).run(booking(), options.warmUp() / 4 + 1, options.seconds(), cpu);
        Measured.Way limit = new Measured.Way("limit (pgbench, the booking)", reached, cpu.used());
        results.paths()
                .add(
                        new Measured(
                                TITLE,
                                limit,
                                service,
                                List.of(
                                        CONNECTIONS
                                                + " connections each. pgbench does crm-service's transaction, statement by statement;"
                                                + " voice-service also stores the event and the tool call, and makes a call of the event.")));
        results.figures()
                .addAll(List.of(
                        Figure.atMost(
                                MOST_MILLIS,
                                "W13 booking by a tool call, p99 of %,.0f a second".formatted(load.perSecond()),
                                load.failed() ? Double.NaN : load.millis(99),
                                "%.0f ms"),
                        Figure.shown("W13 the same, p50", load.millis(50), "%.0f ms"),
                        // A tool call is answered 200 in every failure.
                        Figure.atMost(0, "W13 answered bookings that are not there", missing, "%.0f")));
    }

    @Override
    public void next(ByteBuffer out) {
        int tenant = turn % desks.size();
        int number = turn / desks.size();
        turn++;
        String caller = rows.phone(tenant, number % rows.samplePerTenant());
        String arguments =
                "{\"phone\": \"%s\", \"serviceType\": \"Check-up\", \"scheduledAt\": \"%s\", \"durationMinutes\": %d}"
                        .formatted(caller, times.at(number), BookableTimes.MINUTES);
        FrontDesk desk = desks.get(tenant);
        out.put(HttpText.vapi(desk.url(), desk.secret(), questions.use(TOOL, caller, arguments)));
    }

    /** Each at a time that a sequence gives. */
    private Pgbench.Work booking() {
        BookableTimes.free(suite);
        suite.run(
                "create sequence crm.bench_times minvalue 0",
                "grant usage on sequence crm.bench_times to crm_app",
                "vacuum (analyze) crm.appointments",
                "checkpoint");
        return TenantScripts.work(
                "service",
                tenants,
                tenant -> Script.of(
                        "book-appointment.sql",
                        Map.of(
                                "tenant", Integer.toString(tenant),
                                "suffix", rows.pgbenchSuffix(tenant),
                                "columns", ContactRows.columns(),
                                "first", Long.toString(times.first().getEpochSecond()),
                                "minutes", Integer.toString(BookableTimes.MINUTES))));
    }
}
