package io.switchboard.kit.tenant;

import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.switchboard.kit.config.DatabaseTls;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** How every connection to PostgreSQL is made: its time limits and its encryption, and what is done to the pool's sockets. */
@Singleton
public class DatabaseConnections {
    private static final Logger LOG = Logger.getLogger(DatabaseConnections.class);
    private static final int CONNECT_MILLIS = 500;
    private static final int LOGIN_MILLIS = 2_000; // TLS and the start-up messages
    private static final int KEEPALIVE_SECONDS = 10;
    private static final int MOST_FLUSHES = 256;

    private final DatabaseTls tls;
    private final Duration cutAfter;
    private final Set<RoundTripDeadline> open = ConcurrentHashMap.newKeySet();

    /** @param cutAfter longer than the statement time-out of the app role, so that a living server says no itself */
    DatabaseConnections(
            Config config, @ConfigProperty(name = "switchboard.db.cut-after", defaultValue = "6s") Duration cutAfter) {
        this.tls = DatabaseTls.of(config);
        this.cutAfter = cutAfter;
    }

    /** For a connection whose own user asks it something now and then: one that hears nothing for as long is closed. */
    public PgConnectOptions limitedToSilence(PgConnectOptions options, Duration silence) {
        tls.apply(options);
        options.setConnectTimeout(CONNECT_MILLIS).setTcpKeepAlive(true);
        options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setReadIdleTimeout((int) silence.toMillis());
        return options;
    }

    /** For a connection of the pool, until {@link #ready} takes over. */
    PgConnectOptions forPool(PgConnectOptions options) {
        return limitedToSilence(options, Duration.ofMillis(LOGIN_MILLIS));
    }

    /** What the pool does with a connection that it has made. */
    void ready(SqlConnection connection) {
        try {
            prepare(pipeline(connection));
        } catch (RuntimeException e) {
            // It goes on with the limit of its start: it is closed when it hears nothing for that long.
            LOG.error("The socket below a database connection cannot be reached: idle connections will not last", e);
        }
        connection.close();
    }

    private void prepare(ChannelPipeline pipeline) {
        pipeline.addBefore("handler", RoundTripDeadline.NAME, new RoundTripDeadline(cutAfter.toNanos(), open));
        pipeline.remove("idle");
        // The client flushes after each message, which costs more than anything else of a hot read; held together for a turn
        // of the event loop, a round trip's four messages leave in one system call.
        pipeline.addBefore("handler", "flushes", new FlushConsolidationHandler(MOST_FLUSHES, true));
        if (pipeline.channel() instanceof NioSocketChannel socket) {
            option(socket, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE));
            option(socket, NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL));
        }
    }

    /** Not every system lets it be set; keepalive is then as the system has it. */
    private static void option(NioSocketChannel socket, io.netty.channel.ChannelOption<Integer> option) {
        try {
            socket.config().setOption(option, KEEPALIVE_SECONDS);
        } catch (UnsupportedOperationException e) {
            LOG.debugf("%s cannot be set here", option);
        }
    }

    private static ChannelPipeline pipeline(SqlConnection connection) {
        var inner = ((SqlConnectionInternal) connection).unwrap();
        while (inner != inner.unwrap()) {
            inner = inner.unwrap(); // what the pool and metrics have put around the socket
        }
        return ((SocketConnectionBase) inner).socket().channelHandlerContext().pipeline();
    }
}
