package io.switchboard.kit.http;

import java.util.UUID;

/** Something with an identity and a version: answers carry them as Location (when created) and ETag. */
public interface Versioned {
    UUID id();

    int version();

    /** A strong entity tag. */
    static String etag(int version) {
        return "\"" + version + "\"";
    }
}
