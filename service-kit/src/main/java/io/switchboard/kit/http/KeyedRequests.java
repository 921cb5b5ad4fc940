package io.switchboard.kit.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.switchboard.kit.request.GivenHeader;
import io.vertx.core.http.HttpMethod;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Notes of a POST with an Idempotency-Key what it is and its raw body, and sends the answer that is kept. */
class KeyedRequests {
    private static final String HEADER = "Idempotency-Key";

    private final CurrentVertxRequest current;

    KeyedRequests(CurrentVertxRequest current) {
        this.current = current;
    }

    @ServerRequestFilter
    void note(ResteasyReactiveContainerRequestContext request, ResourceInfo resource) {
        var context = current.getCurrent();
        var key = context.request().method() == HttpMethod.POST ? GivenHeader.of(context.request(), HEADER) : null;
        if (key != null) {
            var declared = resource.getResourceMethod().getAnnotation(ResponseStatus.class);
            var keyed = new KeyedRequest(
                    key,
                    request.getUriInfo().getPath(),
                    context.request().query(),
                    declared == null ? 0 : declared.value());
            keyed.putInto(context);
            // Only for this one: with an interceptor, the annotations of the operation are read at each request.
            ((ResteasyReactiveRequestContext) request.getServerRequestContext())
                    .setReaderInterceptors(new ReaderInterceptor[] {reading -> readRaw(keyed, reading)});
        }
    }

    /** The kept answer itself is sent, so that it cannot differ from its repetitions. */
    @ServerResponseFilter
    void send(ContainerResponseContext response) {
        var request = KeyedRequest.of(current.getCurrent());
        var answer = request == null ? null : request.answer();
        if (answer == null || response.getStatus() >= 400) {
            return;
        }
        if (response.getEntity() != request.entity()) {
            throw new IllegalStateException("POST " + request.path() + " does not answer what its transaction returned:"
                    + " let the method marked @TenantWork return the answer itself");
        }
        response.setStatus(answer.status());
        answer.headers().forEach((name, values) -> {
            response.getHeaders().remove(name);
            values.forEach(value -> response.getHeaders().add(name, value));
        });
        if (answer.body() != null) {
            response.setEntity(answer.body());
        }
    }

    /** Keeps the bytes of the body before they are parsed. */
    private static Object readRaw(KeyedRequest request, ReaderInterceptorContext reading) throws IOException {
        var bytes = reading.getInputStream().readAllBytes();
        request.readBody(bytes);
        reading.setInputStream(new ByteArrayInputStream(bytes));
        return reading.proceed();
    }
}
