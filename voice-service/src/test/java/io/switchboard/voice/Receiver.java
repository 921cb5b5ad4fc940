package io.switchboard.voice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.ConfigProvider;

/** The systems of tenants, each at a path of its own. Answers 200 unless told otherwise. */
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /** A request as it came. */
    public record Taken(String path, String id, String timestamp, String signature, String type, String body) {}

    /** How a path answers. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public static Answer of(int status) {
            return new Answer(status, Map.of(), new byte[0]);
        }
    }

    private Receiver(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public static Receiver start() {
        var port = ConfigProvider.getConfig().getValue(ReceiverPlace.PORT, Integer.class);
        try {
            return new Receiver(HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    public void answer(String path, Answer answer) {
        answers.put(path, answer);
    }

    /** It takes requests and gives no answer before the receiver is closed. */
    public void hang(String path) {
        answers.put(path, Answer.of(0));
    }

    public List<Taken> taken(String path) {
        return taken.stream().filter(request -> request.path().equals(path)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var headers = exchange.getRequestHeaders();
        taken.add(new Taken(
                path,
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                headers.getFirst("content-type"),
                body));
        var answer = answers.getOrDefault(path, Answer.of(200));
        if (answer.status() == 0) {
            awaitEnd();
        }
        answer.headers().forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(
                Math.max(200, answer.status()), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
