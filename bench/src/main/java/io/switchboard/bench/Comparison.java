package io.switchboard.bench;

import io.switchboard.local.Service;
import java.util.List;

/** Measures a request through a service, and then the same transaction by pgbench. */
record Comparison(OwnSuite suite, Options options, Pgbench pgbench, Service service) {
    private static final int MOST_SECONDS = 120;

    /** Through crm-service. */
    Comparison(OwnSuite suite, Options options, Pgbench pgbench) {
        this(suite, options, pgbench, Service.CRM);
    }

    /** @param floor the least part of the limit that it should reach; 0 for none */
    Measured measure(String title, double floor, Requests requests, Pgbench.Work same, String... notes) {
        CpuMeter cpu = new CpuMeter(suite);
        Measured.Way way = new Measured.Way(service.module(), through(title, requests, cpu), cpu.used());
        Say.line(title + ": the same transaction by pgbench");
        awaitDelivery();
        Load reached = pgbench.run(same, options.warmUp() / 4 + 1, options.seconds(), cpu);
        return new Measured(
                title, new Measured.Way("limit (pgbench)", reached, cpu.used()), way, floor, List.of(notes));
    }

    Load through(String title, Requests requests, CpuMeter cpu) {
        return through(title, options.connections(), requests, cpu);
    }

    Load through(String title, int connections, Requests requests, CpuMeter cpu) {
        Say.line(title + " through " + service.module());
        awaitDelivery();
        return new HttpLoop(suite.address(service), connections, requests)
                .run(options.warmUp(), options.seconds(), cpu)
                .measured();
    }

    /** So that none pays for what the one before left to do: its audit events. */
    private void awaitDelivery() {
        for (int left = MOST_SECONDS;
                left > 0 && suite.number("select count(*) from " + service.schema() + ".outbox") > 0;
                left--) {
            Pause.seconds(1);
        }
    }
}
