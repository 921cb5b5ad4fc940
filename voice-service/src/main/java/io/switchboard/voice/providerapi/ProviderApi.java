package io.switchboard.voice.providerapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.outgoing.OutgoingHttp;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.value.LenientJson;
import io.switchboard.voice.provider.ProviderChange;
import io.switchboard.voice.provider.ProviderRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks the APIs of providers, on the context that it is asked on. */
@ApplicationScoped
public class ProviderApi {
    private static final Logger LOG = Logger.getLogger(ProviderApi.class);
    private static final int CONNECT_MILLIS = 3_000;
    private static final long HEAD_MILLIS = 10_000;
    private static final int IDLE_SECONDS = 30; // also while a client reads slowly
    private static final int MOST_CONNECTIONS = 64; // to one host
    private static final int LARGEST_LISTING = 1024 * 1024;
    private static final int RETRY_SECONDS = 5;

    private final Vertx vertx;
    private final ProviderHosts hosts;
    private final HttpClient client;

    ProviderApi(Vertx vertx, ProviderHosts hosts) {
        this.vertx = vertx;
        this.hosts = hosts;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setKeepAlive(false)
                        .setTracingPolicy(TracingPolicy.IGNORE)
                        .setMetricsName("http.client|" + OutgoingHttp.NAME),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    }

    /**
     * The answer with its body still to come, paused: the caller reads or resets it. Fails with {@code unavailable} where the provider
     * is away, and with {@code provider_failed} for a URL that is not of a listed host.
     */
    public Uni<HttpClientResponse> get(String url, Map<String, String> headers) {
        return Uni.createFrom().completionStage(() -> open(url, headers, null).toCompletionStage());
    }

    /**
     * JSON of at most 1 MiB. Fails as {@link #get} does, with what the status means, and with {@code provider_failed} for no JSON.
     *
     * @param noun what is looked for: where the provider has none it fails with {@code noun_not_found}
     */
    public Uni<JsonNode> list(String url, Map<String, String> headers, String noun) {
        return read(url, headers, noun, LARGEST_LISTING).map(ProviderApi::tree);
    }

    /** As {@link #list}, but the bytes as they came, once they are known to be JSON. @param most bytes */
    public Uni<Buffer> json(ProviderRequest request, String noun, int most) {
        return read(request.url(), request.headers(), noun, most).invoke(ProviderApi::tree);
    }

    /** Fails as {@link #list} does; of the answer only the status counts. */
    public Uni<Void> change(ProviderChange change, String noun) {
        var request = change.request();
        var body = Buffer.buffer(change.body().toString());
        return Uni.createFrom().completionStage(() -> open(request.url(), request.headers(), body)
                .compose(answer -> check(answer, noun))
                .toCompletionStage());
    }

    private static Future<Void> check(HttpClientResponse answer, String noun) {
        discard(answer);
        return answer.statusCode() / 100 == 2
                ? Future.succeededFuture()
                : Future.failedFuture(refusal(answer.statusCode(), noun));
    }

    private Uni<Buffer> read(String url, Map<String, String> headers, String noun, int most) {
        return Uni.createFrom().completionStage(() -> open(url, headers, null)
                .compose(answer -> read(answer, noun, most))
                .toCompletionStage());
    }

    /** What an answer without what was looked for means. */
    public static Problem refusal(int status, String noun) {
        return switch (status) {
            case 404, 410 -> Problem.notFound(noun, null);
            case 401, 403 ->
                Problem.conflict("provider_key_refused", "The provider does not take the organization's API key.");
            default -> status == 429 || status >= 500 ? Problem.unavailable(RETRY_SECONDS) : failed();
        };
    }

    public static Problem failed() {
        return Problem.of(502, "provider_failed", "The provider gave no usable answer.");
    }

    /** @param change a PATCH; null for a GET */
    private Future<HttpClientResponse> open(String url, Map<String, String> headers, @Nullable Buffer change) {
        var options = hosts.get(url);
        if (options == null) {
            LOG.warnf("switchboard.providers.hosts does not list the host of %s", url);
            return Future.failedFuture(failed());
        }
        return send(options, headers, change).recover(failure -> {
            LOG.infof("No answer from %s: %s", options.getHost(), failure.getMessage());
            return Future.failedFuture(Problem.unavailable(RETRY_SECONDS));
        });
    }

    private Future<HttpClientResponse> send(
            RequestOptions options, Map<String, String> headers, @Nullable Buffer change) {
        return client.request(change == null ? options : options.setMethod(HttpMethod.PATCH))
                .compose(request -> {
                    headers.forEach(request::putHeader);
                    request.putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
                    long timer = vertx.setTimer(HEAD_MILLIS, late -> request.reset());
                    return sent(request, change)
                            .map(HttpClientResponse::pause)
                            .onComplete(answered -> vertx.cancelTimer(timer));
                });
    }

    private static Future<HttpClientResponse> sent(HttpClientRequest request, @Nullable Buffer change) {
        return change == null
                ? request.send()
                : request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .send(change);
    }

    /** Vert.x would log the end as an error. */
    public static void discard(HttpClientResponse answer) {
        answer.exceptionHandler(end -> {}).request().reset();
    }

    private Future<Buffer> read(HttpClientResponse answer, String noun, int most) {
        if (answer.statusCode() != 200) {
            discard(answer);
            return Future.failedFuture(refusal(answer.statusCode(), noun));
        }
        var body = Buffer.buffer();
        Promise<Buffer> whole = Promise.promise();
        HttpClientRequest request = answer.request();
        long timer = vertx.setTimer(HEAD_MILLIS, late -> request.reset());
        answer.exceptionHandler(broken -> whole.tryFail(Problem.unavailable(RETRY_SECONDS)));
        answer.endHandler(end -> whole.tryComplete(body));
        answer.handler(part -> {
            if (body.length() + part.length() > most) {
                whole.tryFail(failed());
                request.reset();
            } else {
                body.appendBuffer(part);
            }
        });
        answer.resume();
        return whole.future().onComplete(read -> vertx.cancelTimer(timer));
    }

    private static JsonNode tree(Buffer body) {
        try {
            return LenientJson.tree(body.getBytes());
        } catch (IOException e) {
            throw failed();
        }
    }
}
