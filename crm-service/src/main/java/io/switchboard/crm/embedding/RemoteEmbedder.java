package io.switchboard.crm.embedding;

import io.switchboard.kit.outgoing.OutgoingAnswer;
import io.switchboard.kit.outgoing.OutgoingFailure;
import io.switchboard.kit.outgoing.OutgoingHttp;
import io.switchboard.kit.outgoing.OutgoingRequest;
import io.switchboard.kit.outgoing.OutgoingUrl;
import io.switchboard.search.Embedder;
import io.switchboard.search.EmbeddingModel;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Asks an endpoint that speaks OpenAI's protocol. After several failures in a row it is left alone for a while. */
final class RemoteEmbedder implements Embedder {
    private static final int FAILURES = 3;
    private static final int PAUSE_MILLIS = 5_000;
    private static final int REST_OF_ANSWER = 16 * 1024;
    private static final int LONGEST_NUMBER = 48;

    private final OutgoingHttp http;
    private final RemoteModel remote;
    private final Map<Purpose, CircuitBreaker> circuits;

    RemoteEmbedder(Vertx vertx, OutgoingHttp http, RemoteModel remote) {
        this.http = http;
        this.remote = remote;
        this.circuits = Map.of(
                Purpose.QUERY, circuit(vertx, Purpose.QUERY),
                Purpose.PASSAGE, circuit(vertx, Purpose.PASSAGE));
    }

    @Override
    public EmbeddingModel model() {
        return remote.model();
    }

    @Override
    public CompletionStage<List<float[]>> embed(List<String> texts, Purpose purpose) {
        return circuits.get(purpose)
                .<List<float[]>>execute(promise -> http.send(this, request(texts, purpose))
                        .map(answer -> vectors(answer, texts.size()))
                        .subscribe()
                        .with(promise::complete, promise::fail))
                .toCompletionStage();
    }

    private OutgoingRequest request(List<String> texts, Purpose purpose) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        if (remote.key() != null) {
            headers.put("Authorization", "Bearer " + remote.key());
        }
        var body = JsonObject.of("model", remote.model().name(), "input", new JsonArray(texts));
        int mostBytes = texts.size() * remote.model().dimensions() * LONGEST_NUMBER + REST_OF_ANSWER;
        return new OutgoingRequest(HttpMethod.POST, url(), headers, body.toBuffer(), within(purpose), mostBytes);
    }

    /** The operator names it, so that it may be private. */
    private OutgoingUrl url() {
        var url = remote.url();
        int port = url.getPort() >= 0 ? url.getPort() : remote.isTls() ? 443 : 80;
        var uri = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        return new OutgoingUrl(url.toString(), remote.isTls(), url.getHost(), port, uri, null, true);
    }

    /** In the order of the texts, whatever the order of the answer. Fails unless there is one of the right length for each. */
    private List<float[]> vectors(OutgoingAnswer answer, int texts) {
        if (answer.status() != 200) {
            throw new OutgoingFailure("The embedding endpoint answered " + answer.status());
        }
        try {
            var vectors = new float[texts][];
            var data = answer.body().toJsonObject().getJsonArray("data");
            for (int i = 0; i < data.size(); i++) {
                var item = data.getJsonObject(i);
                vectors[item.getInteger("index", i)] = vector(item.getJsonArray("embedding"));
            }
            return List.of(vectors);
        } catch (RuntimeException broken) {
            throw new OutgoingFailure("The embedding endpoint's answer cannot be read: " + broken.getMessage());
        }
    }

    private float[] vector(JsonArray numbers) {
        if (numbers.size() != remote.model().dimensions()) {
            throw new IllegalArgumentException(
                    numbers.size() + " dimensions instead of " + remote.model().dimensions());
        }
        var vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.getFloat(i);
        }
        return vector;
    }

    private static Duration within(Purpose purpose) {
        return Duration.ofSeconds(purpose == Purpose.QUERY ? 3 : 14);
    }

    private static CircuitBreaker circuit(Vertx vertx, Purpose purpose) {
        return CircuitBreaker.create(
                "embedding " + purpose,
                vertx,
                new CircuitBreakerOptions()
                        .setMaxFailures(FAILURES)
                        .setTimeout(within(purpose).plusSeconds(1).toMillis())
                        .setResetTimeout(PAUSE_MILLIS));
    }
}
