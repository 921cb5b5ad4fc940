package io.switchboard.bench;

import io.switchboard.local.Refusal;
import io.switchboard.local.Service;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Seconds from the start of a process to its first answer that it is ready, on a migrated database.
 *
 * @param alone of each service, while the others are idle
 * @param together from the first start to the last answer when all four start at once
 */
record Starts(Map<Service, Double> alone, double together) {
    private static final double PATIENCE_SECONDS = 120;
    private static final long LOOK_EVERY_MILLIS = 5;

    /** In seconds since the boot. */
    private record Start(double begun, double ready) {}

    static Starts measure(OwnSuite suite) {
        List<Start> all = restart(suite, List.of(Service.values()));
        double first = all.stream().mapToDouble(Start::begun).min().orElseThrow();
        double last = all.stream().mapToDouble(Start::ready).max().orElseThrow();
        Map<Service, Double> alone = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            Start start = restart(suite, List.of(service)).get(0);
            alone.put(service, start.ready() - start.begun());
        }
        return new Starts(alone, last - first);
    }

    private static List<Start> restart(OwnSuite suite, List<Service> services) {
        suite.stop(services);
        List<CompletableFuture<Start>> watches = new ArrayList<>();
        for (Service service : services) {
            watches.add(CompletableFuture.supplyAsync(() -> watch(suite, service), task -> start(task)));
        }
        suite.up();
        return watches.stream().map(CompletableFuture::join).toList();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "watch-a-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static Start watch(OwnSuite suite, Service service) {
        double deadline = Proc.now() + PATIENCE_SECONDS;
        while (!suite.ready(service)) {
            if (Proc.now() > deadline) {
                throw new Refusal(service.module() + " is not ready after " + PATIENCE_SECONDS + " s.");
            }
            Pause.millis(LOOK_EVERY_MILLIS);
        }
        double ready = Proc.now();
        return new Start(Proc.startedAt(suite.pid(service)), ready);
    }
}
