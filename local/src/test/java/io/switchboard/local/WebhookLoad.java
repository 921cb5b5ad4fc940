package io.switchboard.local;

import static io.switchboard.local.Patience.await;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Providers that go on delivering missed calls, one caller each, until they are stopped; remembers what was acknowledged. */
final class WebhookLoad implements AutoCloseable {
    private static final int PROVIDERS = 8;

    final Queue<TestCall> acknowledged = new ConcurrentLinkedQueue<>();
    final AtomicInteger refused = new AtomicInteger();
    private final Tenant tenant;
    private final int most;
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean stopped;
    private final ExecutorService providers = Executors.newFixedThreadPool(PROVIDERS);
    private final CountDownLatch ended = new CountDownLatch(PROVIDERS);

    /** @param most deliveries in all */
    WebhookLoad(Tenant tenant, int most) {
        this.tenant = tenant;
        this.most = most;
        for (int i = 0; i < PROVIDERS; i++) {
            providers.execute(this::deliver);
        }
    }

    /** Waits until so many have been acknowledged. */
    void reaches(int count) {
        await(count + " deliveries are acknowledged").until(() -> acknowledged.size() >= count);
    }

    /** No further delivery begins. */
    void stop() {
        stopped = true;
    }

    void end() throws InterruptedException {
        if (!ended.await(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the load did not end");
        }
    }

    private void deliver() {
        while (!stopped && begun.incrementAndGet() <= most) {
            var call = new TestCall();
            if (tenant.deliver(call.missed()) == 200) {
                acknowledged.add(call);
            } else {
                refused.incrementAndGet();
            }
        }
        ended.countDown();
    }

    @Override
    public void close() {
        providers.shutdownNow();
    }
}
