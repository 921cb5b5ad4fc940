package io.switchboard.local;

import java.util.ArrayList;
import java.util.List;

/** Stays in the foreground as long as something that this run started is alive. */
final class Watch {
    private static final long LOOK_EVERY_MILLIS = 500;

    private final Suite suite;
    private final Progress progress;

    Watch(Suite suite, Progress progress) {
        this.suite = suite;
        this.progress = progress;
    }

    /** Returns the exit status: 0 when all was stopped by {@code down}, 1 when the last part ended by itself. */
    int untilEnd() {
        List<ServiceProcess> alive = new ArrayList<>(suite.startedHere());
        int status = 0;
        while (!alive.isEmpty() && !suite.isStopping()) {
            pause();
            for (ServiceProcess service : List.copyOf(alive)) {
                if (service.process().isEmpty() && !suite.isStopping()) {
                    alive.remove(service);
                    status = tell(service, status);
                }
            }
        }
        return status;
    }

    private int tell(ServiceProcess service, int status) {
        String module = service.service().module();
        if (service.dismissed()) {
            progress.step(module + ": stopped");
            return status;
        }
        progress.step(module + ": ended by itself; ./switchboard up in another window starts it again\n"
                + service.logTail(20));
        return 1;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }
}
