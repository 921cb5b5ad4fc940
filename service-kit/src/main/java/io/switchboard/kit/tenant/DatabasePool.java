package io.switchboard.kit.tenant;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The service's one pool. Waiting for a connection is bounded in time and number: what does not fit is answered 503. */
@Singleton
public class DatabasePool implements PgPoolCreator {
    private static final int MOST_FLUSHES = 256;

    private final int maxWaiting;

    DatabasePool(@ConfigProperty(name = "switchboard.db.max-waiting", defaultValue = "2000") int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    @Override
    public Pool create(Input input) {
        var options = input.poolOptions()
                .setConnectionTimeout(1)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setMaxWaitQueueSize(maxWaiting);
        input.pgConnectOptionsList().forEach(connect -> connect.setConnectTimeout(500));
        return PgBuilder.pool()
                .with(options)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .withConnectHandler(DatabasePool::flushTogether)
                .build();
    }

    /**
     * The client flushes after each message, which costs more than anything else of a hot read; Netty holds the flushes of one
     * turn of the event loop together, so that a round trip's four messages leave in one system call.
     */
    private static void flushTogether(SqlConnection connection) {
        var inner = ((SqlConnectionInternal) connection).unwrap();
        while (inner != inner.unwrap()) {
            inner = inner.unwrap(); // what the pool and metrics have put around the socket
        }
        if (inner instanceof SocketConnectionBase socket) {
            socket.socket()
                    .channelHandlerContext()
                    .pipeline()
                    .addBefore("handler", "flushes", new FlushConsolidationHandler(MOST_FLUSHES, true));
        }
        connection.close();
    }
}
