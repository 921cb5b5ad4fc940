package io.switchboard.kit.front;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.quarkus.vertx.http.runtime.options.HttpServerOptionsUtils;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.VertxMetrics;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts the front before every server that Vert.x starts, where sockets are accepted. Vert.x takes another transport only from a
 * provider of its own, and of those the options can name one, the metrics' factory.
 */
@Singleton
class FrontInstaller implements VertxOptionsCustomizer {
    private static final int LARGEST_READ = 16 * 1024;

    private final Front front;
    private final int managementPort;

    FrontInstaller(
            Front front,
            @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int port,
            @ConfigProperty(name = "quarkus.management.test-port", defaultValue = "9001") int testPort) {
        var configured = LaunchMode.current() == LaunchMode.TEST ? testPort : port;
        this.front = front;
        this.managementPort = configured == 0 ? HttpServerOptionsUtils.RANDOM_PORT_MANAGEMENT : configured;
    }

    @Override
    public void accept(VertxOptions options) {
        options.setMetricsOptions(new Provider(options.getMetricsOptions()));
    }

    private final class Provider extends MetricsOptions implements VertxMetricsFactory {
        private final MetricsOptions metrics;

        Provider(MetricsOptions metrics) {
            this.metrics = metrics;
        }

        @Override
        public VertxMetricsFactory getFactory() {
            return this;
        }

        @Override
        public void init(VertxBuilder builder) {
            if (builder.findTransport() != JDKTransport.INSTANCE) {
                throw new IllegalStateException(
                        "The front works on the JDK's sockets only. Unset quarkus.vertx.prefer-native-transport.");
            }
            builder.findTransport(new Transport());
            builder.options().setMetricsOptions(metrics);
            if (metrics.getFactory() != null) {
                metrics.getFactory().init(builder);
            }
        }

        @Override
        public VertxMetrics metrics(VertxOptions options) {
            throw new IllegalStateException("asked of the factory itself");
        }
    }

    private final class Transport extends JDKTransport {

        @Override
        public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
            super.configure(options, domainSocket, bootstrap);
            bootstrap.childOption(
                    ChannelOption.RCVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(256, 2048, LARGEST_READ));
            bootstrap.handler(new Door(options.getPort() == managementPort));
        }
    }

    /** Before the one that accepts, in the pipeline of a listening socket. */
    @Sharable
    private final class Door extends ChannelInboundHandlerAdapter {
        private final boolean isManagement;

        Door(boolean isManagement) {
            this.isManagement = isManagement;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Channel channel) {
                if (!front.admit(channel, isManagement)) {
                    channel.unsafe().closeForcibly();
                    return;
                }
                channel.pipeline().addLast(new Seat());
            }
            ctx.fireChannelRead(message);
        }
    }

    /** Keeps the front's place until the rest of the pipeline is there: behind TLS, before HTTP. */
    private final class Seat extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            var pipeline = ctx.pipeline();
            var connection = FrontConnection.of(ctx.channel());
            var before = pipeline.get("ssl") == null ? ctx.name() : "ssl";
            pipeline.addAfter(before, "front", connection);
            pipeline.addAfter(before, "pending", connection.pending);
            front.register(connection);
            ctx.fireChannelActive();
            pipeline.remove(this);
        }
    }
}
