package io.switchboard.local;

import static io.switchboard.local.Patience.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writers that record batches of audit events of the same organizations at once, in transactions of different length. */
final class AuditWriters implements AutoCloseable {
    static final int BATCH = 50;
    private static final int WRITERS = 4;
    private static final int ORGANIZATIONS = 50;
    private static final String RECORD = """
            select (select count(*) from audit.record_events((
                select jsonb_agg(jsonb_build_object(
                    'id', audit.uuid_v7(), 'orgId', ('{%s}'::text[])[1 + floor(random() * %d)::int], 'occurredAt', now(),
                    'actorType', 'system', 'action', 'create', 'resourceType', 'contacts', 'service', 'crm-service',
                    'newData', jsonb_build_object('name', 'Ada ' || i), 'outcome', 'success'))
                from generate_series(1, %d) i))), pg_sleep(case when random() < 0.1 then 0.2 else 0 end)
            """;

    private final RunningSuite running;
    private final String organizations = Stream.generate(UUID::randomUUID)
            .limit(ORGANIZATIONS)
            .map(UUID::toString)
            .collect(Collectors.joining(","));
    private final Semaphore allowed = new Semaphore(0);
    private final AtomicInteger recorded = new AtomicInteger();
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

    AuditWriters(RunningSuite running) {
        this.running = running;
        for (int i = 0; i < WRITERS; i++) {
            writers.execute(this::recordUntilClosed);
        }
    }

    /** So many more events may be recorded. */
    void allow(int events) {
        allowed.release(events / BATCH);
    }

    void reach(int events) {
        await(events + " events are recorded").until(() -> recorded.get() >= events);
    }

    /** Rows of their organizations. */
    long count(String table) {
        return Long.parseLong(
                running.column("select count(*) from " + table + " where org_id = any ('{" + organizations + "}')")
                        .get(0));
    }

    private void recordUntilClosed() {
        try (var connection = running.suite.server().connect()) {
            while (true) {
                allowed.acquire();
                record(connection);
                recorded.addAndGet(BATCH);
            }
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(RECORD.formatted(organizations, ORGANIZATIONS, BATCH));
        }
    }

    @Override
    public void close() {
        writers.shutdownNow();
        try {
            writers.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
