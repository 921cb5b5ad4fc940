package io.switchboard.bench;

import io.switchboard.local.Refusal;
import io.switchboard.local.Service;
import java.util.List;
import java.util.Map;

/** W5, the log: batches of events are recorded, and sealed meanwhile; how fast a backlog is sealed, and what sealing costs. */
final class AuditIngest {
    private static final String UNSEALED =
            "select count(*) from audit.audit_logs where no > (select up_to_no from audit.seal_cursor)";
    private static final int AT_ONCE = 2; // batches that a service takes
    private static final int MOST_MILLIS = 120_000;
    private static final double FLOOR = 0.60;

    private final OwnSuite suite;
    private final Options options;
    private final Pgbench pgbench;
    private final CpuMeter cpu;

    AuditIngest(OwnSuite suite, Options options, Pgbench pgbench) {
        this.suite = suite;
        this.options = options;
        this.pgbench = pgbench.with(AT_ONCE);
        this.cpu = new CpuMeter(suite);
    }

    void measure(Results results) {
        Say.line("W5: batches of %d events, sealing stopped".formatted(AuditEvents.BATCH));
        drain();
        Measured.Way unsealed = ingestUnsealed();
        long backlog = suite.number(UNSEALED);
        long millis = drain();
        Say.line("W5: the same while it is sealed");
        Measured.Way sealed = ingest();
        drain();
        Say.line("W5: the same batches by pgbench, sealing stopped");
        Measured.Way reached = limit();
        drain();
        results.paths()
                .add(new Measured(
                        "W5 100 audit events, recorded and sealed",
                        reached,
                        sealed,
                        FLOOR,
                        List.of("a request is a batch; a second of it records %,.0f events."
                                .formatted(sealed.load().perSecond() * AuditEvents.BATCH))));
        results.figures()
                .add(Figure.atMost(
                        25,
                        "W5 more CPU of service and PostgreSQL an event by sealing",
                        100 * (sealed.cpuPerThousand() / unsealed.cpuPerThousand() - 1),
                        "%.0f %%"));
        results.figures()
                .add(Figure.atLeast(
                        2_000,
                        "W5 events of a backlog sealed a second",
                        backlog * 1_000.0 / Math.max(1, millis),
                        "%,.0f"));
    }

    private Measured.Way ingestUnsealed() {
        SealingStopped stopped = new SealingStopped(suite);
        try {
            return ingest();
        } finally {
            stopped.close();
        }
    }

    private Measured.Way limit() {
        SealingStopped stopped = new SealingStopped(suite);
        try {
            Load load = pgbench.run(batches(), options.warmUp() / 4 + 1, options.seconds(), cpu);
            return new Measured.Way("limit (pgbench)", load, cpu.used());
        } finally {
            stopped.close();
        }
    }

    private Measured.Way ingest() {
        Load load = new HttpLoop(suite.address(Service.AUDIT), AT_ONCE, new AuditEvents(suite))
                .run(options.warmUp(), options.seconds(), cpu)
                .measured();
        return new Measured.Way(Service.AUDIT.module(), load, cpu.used());
    }

    /** @return milliseconds until all was sealed */
    private long drain() {
        long begun = System.nanoTime();
        while (suite.number(UNSEALED) > 0) {
            if ((System.nanoTime() - begun) / 1_000_000 > MOST_MILLIS) {
                throw new Refusal("The backlog is not sealed.");
            }
            Pause.millis(20);
        }
        return (System.nanoTime() - begun) / 1_000_000;
    }

    /** The events of one request after the other, each under an id of its own, which PostgreSQL makes. */
    private Pgbench.Work batches() {
        return new Pgbench.Work(
                "audit_app",
                List.of(Script.of("record-events.sql", Map.of())),
                Map.of("events", new AuditEvents(suite).batch()));
    }
}
