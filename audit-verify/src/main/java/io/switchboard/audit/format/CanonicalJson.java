package io.switchboard.audit.format;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes one flat JSON object as RFC 8785 (JCS) has it. Names are ASCII and come in ascending order; absent values are left out. */
public final class CanonicalJson {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder json = new StringBuilder(512).append('{');
    private String last = "";

    public CanonicalJson text(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            quote(value);
        }
        return this;
    }

    /** Only integers that a double holds: all other numbers look different in JCS. */
    public CanonicalJson number(String name, long value) {
        if (value < 0 || value >= 1L << 53) {
            throw new IllegalArgumentException(name + " must be between 0 and 2^53 - 1");
        }
        name(name);
        json.append(value);
        return this;
    }

    /** Throws IllegalArgumentException for a lone surrogate: no UTF-8 stands for it. */
    public byte[] bytes() {
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void name(String name) {
        if (name.compareTo(last) <= 0) {
            throw new IllegalStateException(name + " must not follow " + last);
        }
        if (!last.isEmpty()) {
            json.append(',');
        }
        json.append('"').append(name).append("\":");
        last = name;
    }

    private void quote(String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                escape(c);
            } else if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    throw new IllegalArgumentException("a text holds half a surrogate pair");
                }
                json.append(c).append(value.charAt(++i));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> json.append('\\').append(c);
            case '\b' -> json.append("\\b");
            case '\t' -> json.append("\\t");
            case '\n' -> json.append("\\n");
            case '\f' -> json.append("\\f");
            case '\r' -> json.append("\\r");
            default -> json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }
}
