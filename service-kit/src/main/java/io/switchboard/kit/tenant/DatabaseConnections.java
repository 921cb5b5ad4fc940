package io.switchboard.kit.tenant;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.switchboard.kit.config.DatabaseTls;
import io.switchboard.kit.config.ProductionCheck;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** How every connection to PostgreSQL is made, the pool's and that of LISTEN: its encryption, its time limits, its socket. */
@Singleton
public class DatabaseConnections {
    private static final Logger LOG = Logger.getLogger(DatabaseConnections.class);
    private static final int CONNECT_MILLIS = 500;
    private static final int LOGIN_MILLIS = 2_000; // TLS and the start-up messages
    /** After which it has been made or given up. */
    static final int LONGEST_START_MILLIS = CONNECT_MILLIS + LOGIN_MILLIS;

    private static final int KEEPALIVE_SECONDS = 10;
    private static final int MOST_FLUSHES = 256;

    private final DatabaseTls tls;
    private final Duration cutAfter;
    private final Set<RoundTripDeadline> open = ConcurrentHashMap.newKeySet();

    /** @param cutAfter longer than the statement time-out of the app role, so that a living server answers first */
    DatabaseConnections(
            Config config, @ConfigProperty(name = "switchboard.db.cut-after", defaultValue = "6s") Duration cutAfter) {
        this.tls = DatabaseTls.of(config);
        this.cutAfter = cutAfter;
        if (ProductionCheck.isProduction() && tls.isReadableBeyond(config)) {
            LOG.warn(
                    "SWITCHBOARD_DB_TLS is disable, and the database is not on this machine: what is sent can be read.");
        }
    }

    /** Makes a connection outside the pool, for one user alone. */
    public Future<PgConnection> connect(Vertx vertx, PgConnectOptions address) {
        return connector(vertx, address).apply(vertx.getOrCreateContext()).map(PgConnection.class::cast);
    }

    /** Makes a connection at each call. */
    Function<Context, Future<SqlConnection>> connector(Vertx vertx, PgConnectOptions address) {
        tls.apply(address);
        address.setConnectTimeout(CONNECT_MILLIS).setTcpKeepAlive(true);
        var factory = new LoginDeadline.Factory((VertxInternal) vertx, address, LOGIN_MILLIS);
        return context -> factory.connect(context, address).map(this::ready);
    }

    private SqlConnection ready(SqlConnection connection) {
        var pipeline = pipeline(connection);
        pipeline.remove(LoginDeadline.NAME);
        pipeline.addBefore("handler", RoundTripDeadline.NAME, new RoundTripDeadline(cutAfter.toNanos(), open));
        // The client flushes after each message, the dearest part of a hot read. Held for a turn of the event loop, all
        // messages of a round trip leave in one system call.
        pipeline.addBefore("handler", "flushes", new FlushConsolidationHandler(MOST_FLUSHES, true));
        keepAlive(pipeline.channel().config());
        return connection;
    }

    /** The client sets these only with a native transport; a system that does not know them goes by its own. */
    private static void keepAlive(ChannelConfig socket) {
        socket.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), KEEPALIVE_SECONDS);
        socket.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), KEEPALIVE_SECONDS);
    }

    /** Fails, and with it every connection, if a new version of the client is built differently. */
    static ChannelPipeline pipeline(SqlConnection connection) {
        var inner = ((SqlConnectionInternal) connection).unwrap();
        while (inner != inner.unwrap()) {
            inner = inner.unwrap(); // what a pool has put around the socket
        }
        return ((SocketConnectionBase) inner).socket().channelHandlerContext().pipeline();
    }
}
