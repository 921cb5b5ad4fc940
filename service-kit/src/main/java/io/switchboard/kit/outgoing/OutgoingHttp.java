package io.switchboard.kit.outgoing;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests to URLs that tenants give. The name is looked up once, every address must be public, and the connection goes to
 * that address; a certificate is checked against the name. Redirects are not followed. Connections are not kept.
 */
@ApplicationScoped
public class OutgoingHttp {
    /** The label clientName of its metrics, see {@link OutgoingMetrics}. */
    public static final String NAME = "outgoing";

    private static final int CONNECT_MILLIS = 5_000;
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int IDLE_SECONDS = 15;

    /** Tenants may share a receiver's host, and who sends limits itself: none waits for another's connection to end. */
    private static final int MOST_TO_ONE_PLACE = 1_000;

    private final Vertx vertx;
    private final PublicNames names;
    private final HttpClient client;

    @Inject
    OutgoingHttp(Vertx vertx, PublicNames names) {
        this(vertx, names, options());
    }

    OutgoingHttp(Vertx vertx, PublicNames names, HttpClientOptions options) {
        this.vertx = vertx;
        this.names = names;
        this.client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(MOST_TO_ONE_PLACE))
                .withConnectHandler(
                        connection -> connection.exceptionHandler(broken -> {})) // the request fails with it
                .build();
    }

    static HttpClientOptions options() {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setKeepAlive(false)
                .setMaxHeaderSize(LONGEST_HEAD)
                .setTracingPolicy(TracingPolicy.IGNORE)
                .setMetricsName("http.client|" + NAME);
    }

    /**
     * The answer, whatever its status. Fails with {@link UrlRefused} or {@link OutgoingFailure}.
     *
     * @param owner whose URL it is; owners share the look-ups of names evenly
     */
    public Uni<OutgoingAnswer> send(Object owner, OutgoingRequest request) {
        var context = vertx.getOrCreateContext();
        long end = System.nanoTime() + request.within().toNanos();
        return names.resolve(owner, request.url())
                .emitOn(work -> context.runOnContext(now -> work.run()))
                .chain(address -> exchange(context, request, address, end));
    }

    private Uni<OutgoingAnswer> exchange(Context context, OutgoingRequest request, InetAddress address, long end) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        return Uni.createFrom().completionStage(() -> new Exchange(vertx, client, request, address)
                .run(Math.max(1, left))
                .toCompletionStage());
    }
}
