package io.switchboard.kit.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up how long JSON is as PostgreSQL writes a jsonb, which may be many times what was sent: {@code 1e308} comes back in 309
 * digits. That counts, since it is what every reader gets, and what the next change starts from.
 */
final class StoredJson {
    private final int maxDigits;
    private final int maxDepth;
    private long left;

    StoredJson(int maxBytes, int maxDigits, int maxDepth) {
        this.maxDigits = maxDigits;
        this.maxDepth = maxDepth;
        left = maxBytes;
    }

    boolean holds(Object json) {
        return fits(json, 0);
    }

    /** Stops at the limit, so that a larger document costs no more. */
    private boolean fits(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> object) {
            return depth < maxDepth
                    && takes(2)
                    && object.entrySet().stream()
                            .allMatch(field -> takes(4 + length(String.valueOf(field.getKey()))) // "…": with its quotes
                                    && fits(field.getValue(), depth + 1)
                                    && takes(2));
        }
        if (value instanceof List<?> list) {
            return depth < maxDepth && takes(2) && list.stream().allMatch(item -> fits(item, depth + 1) && takes(2));
        }
        if (value instanceof Number number) {
            var digits = digits(number);
            return digits <= maxDigits && takes(digits + 2); // with sign and point
        }
        return takes(value instanceof String text ? 2 + length(text) : 5); // the longest word is false
    }

    private boolean takes(long bytes) {
        left -= bytes;
        return left >= 0;
    }

    /** Of its plain form; what is no number as JSON knows it has no end of them. */
    private static long digits(Number number) {
        if (number instanceof Double real && !Double.isFinite(real)
                || number instanceof Float single && !Float.isFinite(single)) {
            return Long.MAX_VALUE;
        }
        var exact = number instanceof BigDecimal big ? big : new BigDecimal(number.toString());
        long precision = exact.precision();
        long scale = exact.scale();
        return scale <= 0 ? precision - scale : Math.max(precision, scale + 1);
    }

    private static long length(String text) {
        return text.codePoints().mapToLong(StoredJson::bytes).sum();
    }

    private static int bytes(int point) {
        if (point < 0x20) {
            return point == '\n' || point == '\r' || point == '\t' || point == '\b' || point == '\f' ? 2 : 6;
        }
        if (point < 0x80) {
            return point == '"' || point == '\\' ? 2 : 1;
        }
        return point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
