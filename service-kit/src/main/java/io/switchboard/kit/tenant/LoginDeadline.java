package io.switchboard.kit.tenant;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.impl.PgConnectionFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket on which TLS and the login do not end in time. The client's own time-out ends with the TCP handshake, and its
 * close waits for the server's.
 */
final class LoginDeadline extends ChannelInboundHandlerAdapter {
    static final String NAME = "login-deadline";

    private final long millis;
    private ScheduledFuture<?> timer;

    private LoginDeadline(long millis) {
        this.millis = millis;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        // From the first handler on, so that no handler below it waits.
        timer = context.executor()
                .schedule(() -> context.pipeline().firstContext().close(), millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        timer.cancel(false);
    }

    /** Makes connections whose sockets have the deadline from the TCP handshake on; the login's end is to remove it. */
    static final class Factory extends PgConnectionFactory {
        private final long millis;

        Factory(VertxInternal vertx, PgConnectOptions options, long millis) {
            super(vertx, () -> Future.succeededFuture(options));
            this.millis = millis;
        }

        @Override
        protected NetClient netClient(NetClientOptions options) {
            var client = super.netClient(options);
            return (NetClient) Proxy.newProxyInstance(
                    NetClient.class.getClassLoader(), new Class<?>[] {NetClient.class}, (self, method, args) -> {
                        try {
                            var result = method.invoke(client, args);
                            return method.getName().equals("connect")
                                    ? ((Future<?>) result).map(this::limited)
                                    : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        private NetSocket limited(Object socket) {
            var pipeline = ((NetSocketInternal) socket).channelHandlerContext().pipeline();
            pipeline.addFirst(NAME, new LoginDeadline(millis));
            return (NetSocket) socket;
        }
    }
}
