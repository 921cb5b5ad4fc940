package io.switchboard.crm.notification;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.switchboard.kit.front.Front;
import io.switchboard.kit.signal.PgNotifications;
import io.switchboard.kit.stream.EventStreams;
import io.switchboard.kit.stream.StreamLimits;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.token.AccessToken;
import io.switchboard.kit.token.TokenVerifier;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import jakarta.enterprise.inject.spi.CDI;
import java.math.BigInteger;
import java.time.Duration;

/** Streams of their own on a port of their own over the same database, as another replica has them. */
final class StreamReplica implements AutoCloseable {
    final EventStreams streams;
    private final HttpServer server;

    StreamReplica(StreamLimits limits) {
        var vertx = of(Vertx.class);
        var verifier = of(TokenVerifier.class);
        streams = new EventStreams(
                limits, of(TenantSql.class), of(PgNotifications.class), of(Front.class), of(ObjectMapper.class), vertx);
        streams.start();
        var router = Router.router(vertx);
        router.route().handler(context -> {
            var bearer = context.request().getHeader("Authorization").substring("Bearer ".length());
            verifier.verify(bearer)
                    .subscribe()
                    .with(
                            token -> {
                                context.put(AccessToken.class.getName(), token);
                                context.next();
                            },
                            context::fail);
        });
        new NotificationStream(streams).register(router);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    int port() {
        return server.actualPort();
    }

    private static <T> T of(Class<T> type) {
        return CDI.current().select(type).get();
    }

    @Override
    public void close() {
        streams.stop();
        server.close();
    }

    /** Other limits than usual. */
    record Limits(int total, int perOrganization, int perUser, Duration heartbeat, int queueBytes)
            implements StreamLimits {
        static final Limits USUAL = new Limits(600, 300, 10, Duration.ofSeconds(15), 256 * 1024);

        @Override
        public MemorySize queue() {
            return new MemorySize(BigInteger.valueOf(queueBytes));
        }

        @Override
        public Duration poll() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration pause() {
            return Duration.ofMillis(100);
        }
    }
}
