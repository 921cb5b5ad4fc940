package io.switchboard.auth.serviceaccount;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request for a token, as form-encoded in its body: each at most once, and an empty one is as good as
 * none (RFC 6749, 3.2).
 */
record TokenParameters(Map<String, String> values) {
    private static final char REPLACED = '\uFFFD'; // what the decoder makes of bytes that are no UTF-8

    /** Fails with {@code invalid_request} for a body that is not so, or holds what is no text. */
    static TokenParameters read(byte @Nullable [] body) {
        var values = new HashMap<String, String>();
        try {
            for (var pair : text(body).split("&")) {
                var parts = pair.split("=", 2);
                var value = parts.length == 2 ? decode(parts[1]) : "";
                if (!pair.isEmpty() && values.put(decode(parts[0]), value) != null) {
                    throw TokenRefusal.malformed();
                }
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw TokenRefusal.malformed();
        }
        return new TokenParameters(values);
    }

    /** Null if it is missing. */
    @Nullable
    String get(String name) {
        var value = values.getOrDefault(name, "");
        return value.isEmpty() ? null : value;
    }

    /** Fails with IllegalArgumentException; also for text that PostgreSQL would refuse. */
    static String decode(String encoded) {
        var text = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0 || text.indexOf(REPLACED) >= 0) {
            throw new IllegalArgumentException("no text");
        }
        return text;
    }

    static String text(byte @Nullable [] bytes) throws CharacterCodingException {
        return bytes == null
                ? ""
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
    }

    @Override
    public String toString() {
        return "TokenParameters" + values.keySet();
    }
}
