package io.switchboard.crm.embedding;

import io.quarkus.runtime.StartupEvent;
import io.switchboard.kit.outgoing.OutgoingHttp;
import io.switchboard.kit.secret.Secret;
import io.switchboard.search.Embedder;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The embedder that is configured: an endpoint if a URL is set, else the model in this process. */
@Singleton
class Embedders {
    private final @Nullable RemoteModel remote;

    Embedders(
            @ConfigProperty(name = "switchboard.embedding.url") Optional<String> url,
            @ConfigProperty(name = "switchboard.embedding.key") Optional<Secret> key,
            @ConfigProperty(name = "switchboard.embedding.model") Optional<String> model,
            @ConfigProperty(name = "switchboard.embedding.dimensions") Optional<Integer> dimensions,
            @ConfigProperty(name = "switchboard.embedding.threshold") Optional<Double> threshold) {
        this.remote = url.map(address -> RemoteModel.of(address, key.map(Secret::reveal), model, dimensions, threshold))
                .orElse(null);
    }

    /** A wrong setting ends the start, not the first search. */
    void check(@Observes StartupEvent event) {}

    void close(@Disposes Embedder embedder) throws Exception {
        if (embedder instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    @Produces
    @ApplicationScoped
    Embedder embedder(Vertx vertx, OutgoingHttp http) {
        return remote == null ? new MiniLmEmbedder() : new RemoteEmbedder(vertx, http, remote);
    }
}
