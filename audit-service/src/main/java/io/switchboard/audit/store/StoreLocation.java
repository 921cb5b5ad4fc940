package io.switchboard.audit.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a store is: {@code file:///folder} or {@code s3://bucket/prefix?endpoint=…&region=…}. */
sealed interface StoreLocation {

    record Directory(Path path) implements StoreLocation {}

    /**
     * @param prefix empty, or ending with a slash
     * @param endpoint null for Amazon's
     * @param region null for that of the SDK's environment
     */
    record Bucket(
            String name,
            String prefix,
            @Nullable URI endpoint,
            @Nullable String region) implements StoreLocation {}

    /** Fails in words that repeat nothing of the text. */
    static StoreLocation of(String text) {
        try {
            var uri = new URI(text.strip());
            if ("file".equals(uri.getScheme())) {
                return new Directory(Path.of(uri));
            }
            if ("s3".equals(uri.getScheme()) && uri.getRawUserInfo() == null) {
                return bucket(uri);
            }
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            // Its message has the text, and that may have a secret.
        }
        throw new IllegalArgumentException(words());
    }

    private static Bucket bucket(URI uri) {
        var name = uri.getRawAuthority();
        var query = query(uri.getRawQuery());
        if (name == null || name.contains("@") || !Set.of("endpoint", "region").containsAll(query.keySet())) {
            throw new IllegalArgumentException(words());
        }
        var prefix = uri.getPath().replaceFirst("^/+", "").replaceFirst("/+$", "");
        var endpoint = query.get("endpoint");
        return new Bucket(
                name,
                prefix.isEmpty() ? "" : ObjectName.checked(prefix) + "/",
                endpoint == null ? null : endpoint(endpoint),
                query.getOrDefault("region", endpoint == null ? null : "us-east-1"));
    }

    private static URI endpoint(String text) {
        var uri = URI.create(text);
        if (!Set.of("http", "https").contains(uri.getScheme()) || uri.getHost() == null || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("no endpoint");
        }
        return uri;
    }

    private static Map<String, String> query(@Nullable String query) {
        var values = new HashMap<String, String>();
        if (query != null) {
            for (var pair : query.split("&")) {
                var parts = pair.split("=", 2);
                values.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    private static String words() {
        return "SWITCHBOARD_AUDIT_STORE must be file:///folder or s3://bucket/prefix?endpoint=https://…&region=….";
    }
}
