package io.switchboard.kit.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.UUID;

/** Something with an identity and a version: answers carry them as Location (when created) and ETag. */
public interface Versioned {
    UUID id();

    int version();

    /** A strong entity tag. */
    static String etag(int version) {
        return "\"" + version + "\"";
    }

    /** ETag, and Location if the answer says that the thing was created; a PUT creates it at its own path. */
    static Map<String, String> headers(Versioned thing, int status, String method, String path) {
        var etag = etag(thing.version());
        if (status != 201) {
            return Map.of(HttpHeaders.ETAG, etag);
        }
        var location = method.equals(HttpMethod.PUT) ? path : path + "/" + thing.id();
        return Map.of(HttpHeaders.ETAG, etag, HttpHeaders.LOCATION, location);
    }
}
