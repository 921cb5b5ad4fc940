package io.switchboard.kit.tenant;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Closes a connection whose database does not answer for too long: a frozen server, or a peer that is gone without closing. The
 * pool's close would wait for that answer; this one does not.
 */
final class RoundTripDeadline extends ChannelDuplexHandler {
    static final String NAME = "round-trip-deadline";
    private static final Logger LOG = Logger.getLogger(RoundTripDeadline.class);

    private final long nanos;
    private final Set<RoundTripDeadline> pool;
    private ChannelHandlerContext context;
    private int unanswered;
    private long heardAt = System.nanoTime(); // the last answer, or when the first of the questions went out
    private boolean watching;
    private volatile long allowedNanos; // for the statement that runs now, where it may take longer

    /** @param pool the same handlers of the pool's other connections */
    RoundTripDeadline(long nanos, Set<RoundTripDeadline> pool) {
        this.nanos = nanos;
        this.pool = pool;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        pool.add(this);
        added.channel().closeFuture().addListener(closed -> pool.remove(this));
    }

    /** Lets the connection's next answers take longer. @param longest zero: no longer than others */
    static void allow(SqlConnection connection, Duration longest) {
        DatabaseConnections.pipeline(connection).get(RoundTripDeadline.class).allowedNanos = longest.toNanos();
    }

    @Override
    public void write(ChannelHandlerContext here, Object message, ChannelPromise promise) {
        if (message instanceof CommandBase && unanswered++ == 0) {
            heardAt = System.nanoTime();
            if (!watching) {
                watch(nanos);
            }
        }
        here.write(message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        if (message instanceof CommandResponse) {
            unanswered--;
            heardAt = System.nanoTime();
        }
        here.fireChannelRead(message);
    }

    /** One timer a connection, set again only while an answer is due: a round trip costs one reading of the clock. */
    private void watch(long wait) {
        watching = true;
        context.executor().schedule(this::check, wait, TimeUnit.NANOSECONDS);
    }

    private void check() {
        watching = false;
        if (unanswered == 0 || !context.channel().isActive()) {
            return;
        }
        var longest = Math.max(nanos, allowedNanos);
        var left = longest - (System.nanoTime() - heardAt);
        if (left > 0) {
            watch(left);
            return;
        }
        LOG.warnf(
                "A connection to the database is closed: no answer for %d ms", TimeUnit.NANOSECONDS.toMillis(longest));
        close();
        pool.forEach(other -> other.closeIfSilentSince(heardAt));
    }

    /** Connections are seldom lost alone: idle ones are closed too, at once, since new ones are the quickest test. */
    private void closeIfSilentSince(long then) {
        if (!context.executor().inEventLoop()) {
            context.executor().execute(() -> closeIfSilentSince(then));
        } else if (unanswered == 0 && heardAt - then < 0) {
            close();
        }
    }

    /** From the first handler on, so that no other, such as that of TLS, delays it. */
    private void close() {
        context.pipeline().firstContext().close();
    }
}
