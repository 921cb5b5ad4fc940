package io.switchboard.kit.openapi;

import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Serves the OpenAPI document as the build wrote it, as YAML or JSON. Quarkus would read it, and write it anew in both forms, at each
 * start; that takes a fifth of a start's processor time.
 */
@Singleton
public class DocumentRoute {
    /** Before the route of Quarkus, behind the access filter. */
    private static final int BEFORE_QUARKUS = -1;

    private static final List<String> METHODS = List.of("GET", "HEAD");

    private final Vertx vertx;
    private final Map<Format, Future<Buffer>> documents = new EnumMap<>(Format.class);

    private enum Format {
        JSON("application/json"),
        YAML("application/yaml");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        /** By the path's ending or the parameter {@code format}, else by what the client takes; YAML if neither says. */
        private static Format of(RoutingContext context) {
            var path = context.normalizedPath();
            var asked = path.contains(".") ? path : context.request().getParam("format");
            var accepted = context.request().getHeader(HttpHeaders.ACCEPT);
            var json = asked != null
                    ? asked.toLowerCase(Locale.ROOT).endsWith("json")
                    : accepted != null && accepted.contains(JSON.mediaType);
            return json ? JSON : YAML;
        }
    }

    DocumentRoute(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Quarkus then finds no document to read when it starts. To be called before that. */
    public static void hideFromStart() {
        OpenApiConstants.classLoader = new ClassLoader(null) {};
    }

    void register(@Observes Router router) {
        router.routeWithRegex("/q/openapi(\\.(json|ya?ml))?")
                .order(BEFORE_QUARKUS)
                .handler(this::answer);
    }

    private void answer(RoutingContext context) {
        if (!METHODS.contains(context.request().method().name())) {
            ProblemAnswer.send(context, Problem.methodNotAllowed(METHODS));
            return;
        }
        var format = Format.of(context);
        document(format)
                .onSuccess(text -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, format.mediaType + ";charset=UTF-8")
                        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(text.length()))
                        .end(text))
                .onFailure(why -> ProblemAnswer.send(context, why));
    }

    /** Read once, when it is first asked for; again after a failure. */
    private synchronized Future<Buffer> document(Format format) {
        var document = documents.get(format);
        if (document == null || document.failed()) {
            document = vertx.executeBlocking(() -> read(format));
            documents.put(format, document);
        }
        return document;
    }

    private static Buffer read(Format format) throws IOException {
        var name = OpenApiConstants.BASE_NAME + "." + format;
        try (var document = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            if (document == null) {
                throw new FileNotFoundException(name);
            }
            return Buffer.buffer(document.readAllBytes());
        }
    }
}
