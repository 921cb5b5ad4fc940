package io.switchboard.kit.tenant;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.socket.nio.NioChannelOption;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.switchboard.kit.test.DatabaseProxy;
import io.switchboard.kit.test.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabasePoolTest {
    static final int SIZE = 4;
    static final Duration CUT_AFTER = Duration.ofMillis(1_500);
    static TestDatabase database;
    static DatabaseProxy proxy;
    static Vertx vertx;

    final Pool pool = new DatabasePool(new DatabaseConnections(settings(), CUT_AFTER), 100).create(input());

    @BeforeAll
    static void start() {
        database = TestDatabase.start();
        proxy = DatabaseProxy.to(database.port());
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1)); // as the services
    }

    @AfterAll
    static void stop() {
        proxy.close();
        vertx.close();
        database.close();
    }

    @AfterEach
    void closePool() {
        proxy.set(DatabaseProxy.Mode.PASS);
        pool.close();
    }

    @Test
    void sockets_have_a_deadline_and_flush_together() {
        var connection = connection();
        var names = DatabaseConnections.pipeline(connection).names();
        assertTrue(names.contains(RoundTripDeadline.NAME), names.toString());
        assertTrue(names.contains("flushes"), names.toString());
        assertTrue(!names.contains(LoginDeadline.NAME), names.toString());
        assertTrue(names.indexOf("codec") < names.indexOf(RoundTripDeadline.NAME), "it must see commands, not bytes");
    }

    @Test
    void the_messages_of_a_round_trip_leave_in_one_flush() {
        var connection = connection();
        var flushes = new AtomicInteger();
        channel(connection).pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext context) {
                flushes.incrementAndGet();
                context.flush();
            }
        });
        var answers = Promise.promise();
        channel(connection).eventLoop().execute(() -> Future.join(ask(connection), ask(connection), ask(connection))
                .onComplete(all -> answers.complete()));
        result(answers.future());
        assertEquals(1, flushes.get());
    }

    @Test
    void sockets_keep_alive() {
        var options = channel(connection()).config();
        assertEquals(true, options.getOption(ChannelOption.SO_KEEPALIVE));
        assertEquals(10, options.getOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE)));
    }

    @Test
    void a_round_trip_without_an_answer_closes_its_socket() {
        var connection = connection();
        var closed = channel(connection).closeFuture();
        proxy.set(DatabaseProxy.Mode.HOLD);
        assertThrows(CompletionException.class, () -> result(ask(connection)));
        assertTrue(closed.awaitUninterruptibly(1, TimeUnit.SECONDS));
    }

    @Test
    void a_slow_answer_is_waited_for() {
        var connection = connection();
        result(connection.query("select pg_sleep(0.8)").execute());
        result(connection.query("select pg_sleep(0.8)").execute());
        result(ask(connection));
    }

    @Test
    void a_start_without_an_answer_gives_its_place_back() {
        proxy.set(DatabaseProxy.Mode.HOLD);
        IntStream.range(0, 2 * SIZE).mapToObj(one -> pool.getConnection()).forEach(asked -> {
            assertThrows(CompletionException.class, () -> result(asked));
        });
        proxy.set(DatabaseProxy.Mode.LOSE); // those that wait stay lost, too
        answersWithin(Duration.ofSeconds(6));
    }

    /** The pool does not give up one that is on its way: a busy machine may need most of the time that a login has. */
    @Test
    void a_connection_is_waited_for_until_it_is_made_or_lost() {
        proxy.set(DatabaseProxy.Mode.HOLD);
        IntStream.range(0, SIZE).mapToObj(one -> pool.getConnection()).toList().forEach(asked -> {
            var failure = assertThrows(CompletionException.class, () -> result(asked));
            assertFalse(failure.getMessage().contains("Timeout"), failure.getMessage());
        });
    }

    @Test
    void idle_connections_go_with_the_first_that_is_lost() {
        var all = IntStream.range(0, SIZE).mapToObj(one -> connection()).toList();
        all.forEach(connection -> result(ask(connection)));
        var closed = all.stream()
                .map(connection -> channel(connection).closeFuture())
                .toList();
        all.forEach(SqlConnection::close);
        proxy.set(DatabaseProxy.Mode.LOSE);
        assertThrows(CompletionException.class, this::ask);
        closed.forEach(one -> assertTrue(one.awaitUninterruptibly(1, TimeUnit.SECONDS)));
        for (int more = 0; more < SIZE; more++) {
            answersWithin(CUT_AFTER);
        }
    }

    private void answersWithin(Duration longest) {
        await().atMost(longest).ignoreExceptions().untilAsserted(this::ask);
    }

    /** A login may take two seconds, in which a busy machine may not have made one. */
    private SqlConnection connection() {
        return await().ignoreExceptions().until(() -> result(pool.getConnection()), made -> true);
    }

    private void ask() {
        result(pool.getConnection().compose(connection -> ask(connection).eventually(() -> connection.close())));
    }

    private static Future<?> ask(SqlConnection connection) {
        return connection.query("select 1").execute();
    }

    private static <T> T result(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static Channel channel(SqlConnection connection) {
        return DatabaseConnections.pipeline(connection).channel();
    }

    private static Config settings() {
        return new SmallRyeConfigBuilder()
                .withDefaultValue("switchboard.db.url", "postgresql://127.0.0.1:" + proxy.port() + "/switchboard")
                .build();
    }

    private static PgPoolCreator.Input input() {
        return new PgPoolCreator.Input() {
            @Override
            public Vertx vertx() {
                return vertx;
            }

            @Override
            public PoolOptions poolOptions() {
                return new PoolOptions().setMaxSize(SIZE);
            }

            @Override
            public List<PgConnectOptions> pgConnectOptionsList() {
                return List.of(PgConnectOptions.fromUri("postgresql://127.0.0.1:" + proxy.port() + "/switchboard")
                        .setUser("crm_app")
                        .setPassword(TestDatabase.PASSWORD));
            }
        };
    }
}
