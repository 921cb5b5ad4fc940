package io.switchboard.voice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;

/** The APIs of all providers: answers paths as it was told, else 404, and parts of files where Range asks for one. */
public final class ProviderServer implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final int PORTION = 64 * 1024;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicLong written = new AtomicLong();

    /** How a path is answered. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** A request as it came; the path with its query. */
    public record Asked(String host, String path, String authorization, String headers, String method, String body) {}

    private ProviderServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public static ProviderServer start() {
        var port = ConfigProvider.getConfig().getValue(ProviderPlace.PORT, Integer.class);
        try {
            return new ProviderServer(HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ProviderServer answer(String path, int status, Map<String, String> headers, String body) {
        answers.put(path, new Answer(status, headers, body.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** A file of which half is sent, then the connection ends. */
    public ProviderServer brokenFile(String path, String type, byte[] content) {
        broken.add(path);
        return file(path, type, content);
    }

    public ProviderServer file(String path, String type, byte[] content) {
        answers.put(path, new Answer(200, Map.of("Content-Type", type, "Accept-Ranges", "bytes"), content));
        return this;
    }

    /** The answer to every request with this header, on any path. */
    public ProviderServer refuse(String authorization, int status) {
        refused.put(authorization, status);
        return this;
    }

    /** What happens once, while it is asked by the method for the first time. */
    public ProviderServer meanwhile(String method, Runnable change) {
        meanwhile.put(method, change);
        return this;
    }

    public List<Asked> asked() {
        return asked;
    }

    /** How many bytes of answers have left it. */
    public long written() {
        return written.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().toString();
        var headers = exchange.getRequestHeaders();
        asked.add(new Asked(
                headers.getFirst("Host"),
                path,
                headers.getFirst("Authorization"),
                Map.copyOf(headers).toString(),
                exchange.getRequestMethod(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        var change = meanwhile.remove(exchange.getRequestMethod());
        if (change != null) {
            change.run();
        }
        var refusal = refused.get(String.valueOf(headers.getFirst("Authorization")));
        var answer = refusal == null ? answers.get(path) : null;
        try (exchange) {
            if (answer == null) {
                exchange.sendResponseHeaders(refusal == null ? 404 : refusal, -1);
                return;
            }
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            var range = RANGE.matcher(String.valueOf(headers.getFirst("Range")));
            if (answer.headers().containsKey("Accept-Ranges") && range.matches()) {
                part(exchange, answer.body(), range.group(1), range.group(2));
            } else {
                write(exchange, answer.status(), answer.body());
            }
        }
    }

    private void part(HttpExchange exchange, byte[] body, String first, String last) throws IOException {
        int from = Integer.parseInt(first);
        int to = last.isEmpty() ? body.length - 1 : Math.min(Integer.parseInt(last), body.length - 1);
        if (from >= body.length) {
            exchange.getResponseHeaders().add("Content-Range", "bytes */" + body.length);
            write(exchange, 416, new byte[0]);
            return;
        }
        exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + to + "/" + body.length);
        write(exchange, 206, Arrays.copyOfRange(body, from, to + 1));
    }

    private void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        int end = broken.contains(exchange.getRequestURI().toString()) ? body.length / 2 : body.length;
        for (int at = 0; at < end; at += PORTION) {
            int length = Math.min(PORTION, end - at);
            exchange.getResponseBody().write(body, at, length);
            written.addAndGet(length);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
