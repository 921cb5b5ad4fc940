package io.switchboard.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Waits until services answer that they are ready, and tells of each. */
final class Readiness {
    private static final long PROBE_EVERY_MILLIS = 100;
    private static final double REMIND_EVERY_SECONDS = 5;

    private final Progress progress;
    private final Layout layout;

    Readiness(Progress progress, Layout layout) {
        this.progress = progress;
        this.layout = layout;
    }

    /** Fails when one of them ends, or is not ready in time, with the end of its log. */
    void await(List<ServiceProcess> services, Duration patience) {
        List<ServiceProcess> waiting = new ArrayList<>(services);
        double deadline = progress.seconds() + patience.toSeconds();
        double remindAt = progress.seconds() + REMIND_EVERY_SECONDS;
        while (true) {
            waiting.removeIf(this::isReady);
            if (waiting.isEmpty()) {
                return;
            }
            for (ServiceProcess service : waiting) {
                if (service.process().isEmpty()) {
                    throw failure(service, "ended while it was starting");
                }
            }
            if (progress.seconds() > deadline) {
                throw failure(waiting.get(0), "is not ready after " + patience.toSeconds() + " s");
            }
            if (progress.seconds() > remindAt) {
                remindAt += REMIND_EVERY_SECONDS;
                progress.step("still waiting for " + names(waiting));
            }
            pause();
        }
    }

    private boolean isReady(ServiceProcess service) {
        boolean ready = service.ready();
        if (ready) {
            progress.step(service.service().module() + ": ready");
        }
        return ready;
    }

    private Refusal failure(ServiceProcess service, String what) {
        String module = service.service().module();
        return new Refusal(module + " " + what + ". The end of " + layout.log(module) + ":\n" + service.logTail(20));
    }

    private static String names(List<ServiceProcess> services) {
        return services.stream().map(one -> one.service().module()).collect(Collectors.joining(", "));
    }

    private static void pause() {
        try {
            Thread.sleep(PROBE_EVERY_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }
}
