package io.switchboard.local;

import static io.switchboard.local.Patience.await;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Providers that send each delivery to one of two replicas in turn, and again to the other one until it is acknowledged. */
final class FailoverLoad implements AutoCloseable {
    private static final int PROVIDERS = 8;

    final Queue<TestCall> calls = new ConcurrentLinkedQueue<>();
    final AtomicInteger acknowledged = new AtomicInteger();
    private final Tenant tenant;
    private final int firstPort;
    private volatile int secondPort;
    private volatile boolean ended;
    private volatile boolean closed;
    private final Semaphore allowed = new Semaphore(0);
    private final ExecutorService providers = Executors.newFixedThreadPool(PROVIDERS);

    FailoverLoad(Tenant tenant, int firstPort, int secondPort) {
        this.tenant = tenant;
        this.firstPort = firstPort;
        this.secondPort = secondPort;
        for (int i = 0; i < PROVIDERS; i++) {
            providers.execute(this::deliver);
        }
    }

    /** The second replica is another process now. */
    void secondIs(int port) {
        secondPort = port;
    }

    /** So many more calls are made, of five deliveries each. */
    void allow(int more) {
        allowed.release(more);
    }

    void reaches(int count) {
        await(count + " deliveries are acknowledged").until(() -> acknowledged.get() >= count);
    }

    /** No further call begins. */
    void end() throws InterruptedException {
        ended = true;
        allowed.release(PROVIDERS);
        providers.shutdown();
        if (!providers.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the load did not end");
        }
    }

    private void deliver() {
        for (allowed.acquireUninterruptibly(); !ended; allowed.acquireUninterruptibly()) {
            var call = new TestCall();
            calls.add(call);
            call.everything().forEach(this::deliver);
        }
    }

    private void deliver(TestCall.Signed signed) {
        for (int tries = acknowledged.get(); !closed; tries++) {
            if (tenant.deliver(signed, tries % 2 == 0 ? firstPort : secondPort) == 200) {
                acknowledged.incrementAndGet();
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        ended = true;
        providers.shutdownNow();
    }
}
