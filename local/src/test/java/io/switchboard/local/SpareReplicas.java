package io.switchboard.local;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** Replicas that start while others run, so that one is ready when it is needed: a start takes longer than all that it waits for. */
final class SpareReplicas implements AutoCloseable {
    private final RunningSuite running;
    private final Service service;
    private final SynchronousQueue<Replica> ready = new SynchronousQueue<>();
    private final ExecutorService starters;

    /** @param atOnce how many start at a time; each is started when the one before has been taken */
    SpareReplicas(RunningSuite running, Service service, int atOnce) {
        this.running = running;
        this.service = service;
        starters = Executors.newFixedThreadPool(atOnce);
        for (int i = 0; i < atOnce; i++) {
            starters.execute(this::startUntilClosed);
        }
    }

    Replica take() throws InterruptedException {
        var replica = ready.poll(1, TimeUnit.MINUTES);
        if (replica == null) {
            throw new IllegalStateException("No replica of " + service + " became ready.");
        }
        return replica;
    }

    private void startUntilClosed() {
        while (!starters.isShutdown()) {
            var replica = running.replica(service);
            try {
                ready.put(replica);
            } catch (InterruptedException closed) {
                replica.close();
                return;
            }
        }
    }

    @Override
    public void close() {
        starters.shutdownNow();
    }
}
