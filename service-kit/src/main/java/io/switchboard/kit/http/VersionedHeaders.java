package io.switchboard.kit.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Adds ETag, and Location to what was created, to every answer that is a single versioned thing. */
class VersionedHeaders {

    @ServerResponseFilter
    void add(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof Versioned thing)) {
            return;
        }
        var headers = response.getHeaders();
        headers.putSingle(HttpHeaders.ETAG, Versioned.etag(thing.version()));
        if (response.getStatus() == 201 && !headers.containsKey(HttpHeaders.LOCATION)) {
            var path = request.getUriInfo().getPath();
            var own = HttpMethod.PUT.equals(request.getMethod()) ? path : path + "/" + thing.id();
            headers.putSingle(HttpHeaders.LOCATION, own);
        }
    }
}
