package io.switchboard.kit.tenant;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.test.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LongJobsTest {
    static final String STATEMENT = "select pg_sleep(1)";
    static final Duration ENOUGH = Duration.ofSeconds(20);
    static final String QUERY_CANCELED = "57014";
    static TestDatabase database;
    static Vertx vertx;

    final Pool pool = pool();
    final LongJobs jobs = new LongJobs(pool, admission());

    @BeforeAll
    static void start() {
        database = TestDatabase.start();
        vertx = Vertx.vertx();
        database.sql("crm").run("alter role crm_app in database switchboard set statement_timeout = '200ms'");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        database.close();
    }

    /** The pool gives up after a second, in which a busy machine may not have made a connection. */
    @BeforeEach
    void connect() {
        await().ignoreExceptions()
                .until(() -> pool.query("select 1")
                                .execute()
                                .toCompletionStage()
                                .toCompletableFuture()
                                .join()
                        != null);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void the_role_s_time_out_ends_other_statements() {
        var sql = new TenantSql(pool, admission(), null, 1);
        assertCanceled(sql.crossTenant(STATEMENT, Tuple.tuple()));
    }

    @Test
    void a_job_has_a_time_out_of_its_own() {
        assertEquals(1, result(jobs.run(STATEMENT, Tuple.tuple(), ENOUGH)).size());
        assertCanceled(jobs.run(STATEMENT, Tuple.tuple(), Duration.ofMillis(300)));
        assertCanceled(new TenantSql(pool, admission(), null, 1).crossTenant(STATEMENT, Tuple.tuple()));
    }

    private static void assertCanceled(Uni<?> statement) {
        var failure = assertThrows(CompletionException.class, () -> result(statement));
        assertEquals(QUERY_CANCELED, ((PgException) failure.getCause()).getSqlState());
    }

    private static <T> T result(Uni<T> work) {
        return work.subscribeAsCompletionStage().join();
    }

    private static Admission admission() {
        return new Admission(vertx, 4, 100, Duration.ofSeconds(2), Duration.ofSeconds(1));
    }

    /** Connections are closed after half a second without an answer, but for a job's. */
    private static Pool pool() {
        var config = new SmallRyeConfigBuilder()
                .withDefaultValue("switchboard.db.url", "postgresql://127.0.0.1:" + database.port() + "/switchboard")
                .build();
        return new DatabasePool(new DatabaseConnections(config, Duration.ofMillis(500)), 100).create(input());
    }

    private static PgPoolCreator.Input input() {
        return new PgPoolCreator.Input() {
            @Override
            public Vertx vertx() {
                return vertx;
            }

            @Override
            public PoolOptions poolOptions() {
                return new PoolOptions().setMaxSize(4);
            }

            @Override
            public List<PgConnectOptions> pgConnectOptionsList() {
                return List.of(PgConnectOptions.fromUri("postgresql://127.0.0.1:" + database.port() + "/switchboard")
                        .setUser("crm_app")
                        .setPassword(TestDatabase.PASSWORD));
            }
        };
    }
}
