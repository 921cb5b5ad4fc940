package io.switchboard.kit.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Adds ETag, and Location to what was created, to every answer that is a single versioned thing. */
class VersionedHeaders {

    @ServerResponseFilter
    void add(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Versioned thing) {
            var headers = response.getHeaders();
            Versioned.headers(
                            thing,
                            response.getStatus(),
                            request.getMethod(),
                            request.getUriInfo().getPath())
                    .forEach((name, value) -> {
                        if (!headers.containsKey(name)) {
                            headers.putSingle(name, value);
                        }
                    });
        }
    }
}
