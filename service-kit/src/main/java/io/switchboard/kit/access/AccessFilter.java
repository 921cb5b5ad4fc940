package io.switchboard.kit.access;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.switchboard.kit.front.Front;
import io.switchboard.kit.front.IncomingBody;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.problem.ProblemAnswer;
import io.switchboard.kit.request.ClientAddress;
import io.switchboard.kit.request.RequestId;
import io.switchboard.kit.token.AccessToken;
import io.switchboard.kit.token.TokenVerifier;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Runs before every route, REST or plain: gives the request its id, forbids caches to keep its answer, verifies its token, and
 * checks it against the access table. A path that is not in the table is refused, even if a route serves it.
 */
@ApplicationScoped
public class AccessFilter {
    private static final int BEFORE_EVERYTHING = 1000;
    private static final String TOKEN = AccessToken.class.getName();
    private static final String OPERATION = Operation.class.getName();

    /** What Quarkus serves beside the operations: the OpenAPI document and its UI. Health and metrics have a port of their own. */
    private static final Pattern DOCUMENTS = Pattern.compile("/q/(openapi(\\.(json|ya?ml))?|swagger-ui(/.*)?)");

    private static final Pattern DEV_DOCUMENTS = Pattern.compile("/q/.*");

    private final AccessTable table;
    private final TokenVerifier verifier;
    private final BodyLimits limits;
    private final Front front;
    private final ClientAddress addresses;
    private final RefusalCounter refusals;
    private final Pattern documents = LaunchMode.current() == LaunchMode.DEVELOPMENT ? DEV_DOCUMENTS : DOCUMENTS;
    private final AtomicInteger inFlight = new AtomicInteger();

    AccessFilter(
            TokenVerifier verifier,
            BodyLimits limits,
            Front front,
            ClientAddress addresses,
            RefusalCounter refusals,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.verifier = verifier;
        this.table = AccessTable.of(service);
        this.limits = limits;
        this.front = front;
        this.addresses = addresses;
        this.refusals = refusals;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    /** How many requests are being answered. Streams do not count: they would hold up a shutdown. */
    public int inFlight() {
        return inFlight.get();
    }

    /** The operation of a request with a verified token; null on public operations. */
    static @Nullable Operation operation(RoutingContext context) {
        return context.get(OPERATION);
    }

    /** The verified token of a request; null on public operations. */
    public static @Nullable AccessToken token(RoutingContext context) {
        return context.get(TOKEN);
    }

    private void check(RoutingContext context) {
        RequestId.of(context);
        var path = tabled(context.normalizedPath());
        var isDocument = documents.matcher(path).matches();
        if (!isDocument) {
            // Also on problems. A resource whose answer may be cached replaces it.
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        var operation = table.find(context.request().method().name(), path);
        var isStream = operation.isPresent() && operation.get().isStream();
        if (!isStream) {
            inFlight.incrementAndGet();
        }
        context.addEndHandler(ended -> {
            if (!isStream) {
                inFlight.decrementAndGet();
            }
            if (ended.succeeded()) {
                refusals.count(context);
            }
        });
        var refusal = unfit(context, limits.of(operation));
        if (refusal != null) {
            ProblemAnswer.send(context, refusal);
        } else if (isDocument) {
            context.next();
        } else if (operation.isEmpty()) {
            ProblemAnswer.send(context, absent(path));
        } else {
            passOn(context, operation.get());
            admit(context, operation.get());
        }
    }

    private static void passOn(RoutingContext context, Operation operation) {
        var body = IncomingBody.of(context);
        if (body != null && operation.body().isPassedOn()) {
            body.passOn();
        }
    }

    /** People copy webhook URLs with a slash behind them. */
    private static String tabled(String path) {
        return path.startsWith("/webhooks/") && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Refuses a body that is too large and a caller that has too many requests, whatever the operation. */
    private @Nullable Problem unfit(RoutingContext context, long limit) {
        var headers = context.request().headers();
        var length = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > limit) {
            return Problem.tooLarge(limit);
        }
        if (!Accepted.isReadable(headers.get(HttpHeaders.ACCEPT))) {
            return Problem.of(406, "not_acceptable", "The Accept header lists no media types.");
        }
        var body = IncomingBody.of(context);
        if (body != null) {
            body.admit(context, limit);
        }
        return addresses.isForwarded(context) ? unfitForwarded(context, body) : null;
    }

    /** Behind a proxy the front has counted neither connections nor bytes by address. */
    private @Nullable Problem unfitForwarded(RoutingContext context, @Nullable IncomingBody body) {
        var address = ClientAddress.network(addresses.of(context));
        if (!front.takePlace(address)) {
            return Problem.tooMany("too_many_requests", 1);
        }
        context.addEndHandler(ended -> front.givePlace(address));
        if (body != null) {
            body.chargeTo(address);
        }
        return null;
    }

    /** Passes the request to its route, if its body is of a type that the operation takes. */
    private static void proceed(RoutingContext context, Operation operation) {
        var headers = context.request().headers();
        var rule = operation.body();
        if (context.request().method() == HttpMethod.GET) {
            context.next();
        } else if (!rule.allows(headers)) {
            ProblemAnswer.send(context, Problem.unsupportedMediaType());
        } else {
            if (BodyRule.isEmpty(headers) && rule.takesJson()) {
                headers.set(HttpHeaders.CONTENT_TYPE, "application/json");
            }
            context.next();
        }
    }

    private Problem absent(String path) {
        var methods = table.methods(path);
        return methods.isEmpty()
                ? Problem.of(404, "not_found", "There is nothing here.")
                : Problem.methodNotAllowed(methods);
    }

    private void admit(RoutingContext context, Operation operation) {
        if (operation.isPublic()) {
            proceed(context, operation);
            return;
        }
        var bearer = bearer(context);
        if (bearer == null) {
            refuse(context, Problem.unauthorized());
            return;
        }
        // The body waits while the key set is fetched. A token that was verified before passes at once.
        context.request().pause();
        verifier.verify(bearer)
                .subscribe()
                .with(token -> admit(context, operation, token), failure -> refuse(context, failure));
    }

    private void admit(RoutingContext context, Operation operation, AccessToken token) {
        context.request().resume();
        context.put(TOKEN, token);
        context.put(OPERATION, operation);
        if (!operation.allows(token)) {
            ProblemAnswer.send(context, Problem.forbidden());
            return;
        }
        if (operation.peopleOnly() && token.isKey()) {
            ProblemAnswer.send(context, Problem.of(403, "people_only", "This is for people, not for access keys."));
            return;
        }
        proceed(context, operation);
    }

    private void refuse(RoutingContext context, Throwable failure) {
        context.request().resume();
        ProblemAnswer.send(context, failure);
    }

    static @Nullable String bearer(RoutingContext context) {
        var header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).trim()
                : null;
    }
}
