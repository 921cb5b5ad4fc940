package io.switchboard.kit.front;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.switchboard.kit.request.ProxyList;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A server behind a front with small budgets: it echoes bodies, and tells how many requests came through. */
final class FrontedServer implements AutoCloseable {
    /** Vert.x takes another free one for a negative one. */
    private static final int MANAGEMENT = -7;

    final AtomicInteger requests = new AtomicInteger();
    final Front front;
    final int port;
    /** What {@code POST /drop} does with its body only when it is told to. */
    volatile Runnable drop = () -> {};

    private final Vertx vertx;

    private FrontedServer(Map<String, String> settings, HttpServerOptions options) {
        var small = new HashMap<>(Map.of("switchboard.front.header-timeout", "1s"));
        settings.forEach((name, value) -> small.put("switchboard.front." + name, value));
        var limits = limits(small);
        var management = options.getPort() == MANAGEMENT ? MANAGEMENT : -1;
        front = new Front(limits, ProxyList.none());
        var vertxOptions = new VertxOptions();
        new FrontInstaller(front, management, management).accept(vertxOptions);
        vertx = new VertxBuilder(vertxOptions).init().vertx();
        front.start(new StartupEvent(), vertx, new SimpleMeterRegistry());
        port = vertx.createHttpServer(options)
                .requestHandler(router())
                .listen(options.getPort() == MANAGEMENT ? MANAGEMENT : 0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    static FrontLimits limits(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(FrontLimits.class)
                .build()
                .getConfigMapping(FrontLimits.class);
    }

    static FrontedServer with(Map<String, String> settings) {
        return new FrontedServer(settings, new HttpServerOptions().setHttp2ClearTextEnabled(false));
    }

    static FrontedServer speakingHttp2Too() {
        return new FrontedServer(Map.of(), new HttpServerOptions());
    }

    static FrontedServer ofManagement(Map<String, String> settings) {
        return new FrontedServer(settings, new HttpServerOptions().setPort(MANAGEMENT));
    }

    /** @param keys a PKCS #12 file whose password is {@code password} */
    static FrontedServer overTls(Path keys) {
        var options = new PfxOptions().setPath(keys.toString()).setPassword("password");
        return new FrontedServer(
                Map.of("header-timeout", "6s"),
                new HttpServerOptions().setSsl(true).setUseAlpn(false).setKeyCertOptions(options));
    }

    private Router router() {
        var router = Router.router(vertx);
        router.route().handler(this::count);
        router.post("/echo").handler(this::echo);
        router.post("/count").handler(this::countLarge);
        router.post("/drop").handler(this::dropLater);
        router.get("/never").handler(context -> {});
        router.post("/refuse")
                .handler(context -> context.response().setStatusCode(401).end());
        router.get("/large/:kilobytes")
                .handler(context ->
                        context.end(Buffer.buffer(new byte[1024 * Integer.parseInt(context.pathParam("kilobytes"))])));
        router.get("/small").handler(context -> context.end("small"));
        return router;
    }

    private void count(RoutingContext context) {
        requests.incrementAndGet();
        context.next();
    }

    private void dropLater(RoutingContext context) {
        context.request().pause();
        var body = IncomingBody.of(context);
        var bytes = new AtomicInteger();
        drop = () -> vertx.runOnContext(now -> {
            body.discard();
            context.request()
                    .handler(part -> bytes.addAndGet(part.length()))
                    .endHandler(end -> context.end(bytes.toString()))
                    .resume();
        });
    }

    /** Reads a body of up to 25 MiB part by part. */
    private void countLarge(RoutingContext context) {
        var bytes = new AtomicInteger();
        var body = IncomingBody.of(context);
        body.admit(context, 25 << 20);
        body.passOn();
        context.request()
                .handler(part -> bytes.addAndGet(part.length()))
                .endHandler(end -> context.end(bytes.toString()));
    }

    private void echo(RoutingContext context) {
        var body = IncomingBody.of(context);
        if (body != null) {
            body.admit(context, 100_000);
        }
        context.request().bodyHandler(context::end);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
