package io.switchboard.bench;

import io.switchboard.local.Service;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** W12: calls of known contacts begin, and Vapi asks who answers each of them. */
final class WhoAnswers {
    private static final int PER_SECOND = 50;
    private static final double MOST_MILLIS = 100;

    /** Of pgbench: enough for the rate, and each prepares the statements of all organizations. */
    private static final int CONNECTIONS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String TITLE = "W12 assistant-request, " + PER_SECOND + " a second";

    private final OwnSuite suite;
    private final Options options;
    private final List<Tenants.Tenant> tenants;
    private final List<FrontDesk> desks;
    private final ContactRows rows;
    private final LiveQuestions questions = new LiveQuestions();
    private final SplittableRandom random = new SplittableRandom(1);

    WhoAnswers(OwnSuite suite, Options options, Tenants tenants, List<FrontDesk> desks, ContactRows rows) {
        this.suite = suite;
        this.options = options;
        this.tenants = tenants.now();
        this.desks = desks;
        this.rows = rows;
    }

    void measure(Pgbench pgbench, Results results) {
        Say.line("Writing appointments");
        BookableTimes.free(suite);
        AppointmentRows.load(suite);
        CpuMeter cpu = new CpuMeter(suite);
        Say.line(TITLE + ", through voice-service");
        Load load = new PacedLoad(PER_SECOND, this::request, body -> body.contains("\"assistant\""))
                .run(options.warmUp(), options.seconds(), cpu);
        Measured.Way service = new Measured.Way(Service.VOICE.module(), load, cpu.used());
        Say.line(TITLE + ": the look-up by pgbench");
        Backlog.await(suite);
        Load reached = pgbench.with(CONNECTIONS)
                .at(PER_SECOND)
                .run(lookUp(), options.warmUp() / 4 + 1, options.seconds(), cpu);
        Measured.Way limit = new Measured.Way("limit (pgbench, the look-up)", reached, cpu.used());
        results.paths()
                .add(new Measured(
                        TITLE,
                        limit,
                        service,
                        List.of(
                                "pgbench finds who answers and keeps it, at the same rate; both begin at random moments. voice-service"
                                        + " also stores the event, asks crm-service for the contact, and makes a call of the event.",
                                "%,d contacts and %,d calls were there at the end."
                                        .formatted(
                                                options.contacts(),
                                                suite.number("select count(*) from voice.call_logs")))));
        results.figures()
                .add(Figure.atMost(
                        MOST_MILLIS,
                        "W12 who answers a call, p99 of %d a second".formatted(PER_SECOND),
                        load.failed() ? Double.NaN : load.millis(99),
                        "%.0f ms"));
    }

    private HttpRequest request() {
        int tenant = random.nextInt(desks.size());
        FrontDesk desk = desks.get(tenant);
        String caller = rows.phone(tenant, random.nextInt(rows.samplePerTenant()));
        return HttpRequest.newBuilder(URI.create(desk.url()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-Vapi-Secret", desk.secret())
                .POST(HttpRequest.BodyPublishers.ofString(questions.whoAnswers(caller)))
                .build();
    }

    private Pgbench.Work lookUp() {
        return TenantScripts.ofVoice("service", tenants, tenant -> {
            String find = Script.of("find-answering-assistant.sql", Map.of("number", FrontDesk.NUMBER));
            String keep = Script.of(
                    "keep-call-answer.sql",
                    Map.of(
                            "agent", desks.get(tenant).agentId(),
                            "owner", tenants.get(tenant).userId().toString()));
            return TenantScripts.read(tenant, "\\set n " + rows.pgbenchSuffix(tenant), find)
                    + TenantScripts.transaction(tenant, "", keep);
        });
    }
}
