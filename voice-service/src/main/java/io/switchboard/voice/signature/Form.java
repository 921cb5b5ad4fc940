package io.switchboard.voice.signature;

import io.switchboard.kit.value.BoundedNumbers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Form parameters, decoded, in their order; a name may repeat. */
public record Form(Map<String, List<String>> values) {
    private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    public static boolean isForm(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, MEDIA_TYPE, 0, MEDIA_TYPE.length());
    }

    /** How many fields a body has, counted without parsing it. */
    public static int fields(byte[] body) {
        int fields = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] != '&' && (i == 0 || body[i - 1] == '&')) {
                fields++;
            }
        }
        return fields;
    }

    public static Form parse(byte[] body) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == '&') {
                if (i > start) {
                    add(values, body, start, i);
                }
                start = i + 1;
            }
        }
        return new Form(values);
    }

    /** The first value that is not empty, else null. */
    @Nullable
    public String get(String name) {
        for (String value : values.getOrDefault(name, List.of())) {
            if (!value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    /** As {@link BoundedNumbers#count}. */
    public @Nullable Integer count(String name, int most) {
        return BoundedNumbers.count(BoundedNumbers.decimal(get(name)), most);
    }

    /** A hash of the parameters in any order. */
    public String fingerprint() {
        StringBuilder sorted = new StringBuilder();
        new TreeMap<>(values).forEach((name, all) -> sorted.append(name)
                .append('=')
                .append(new TreeSet<>(all))
                .append('&'));
        return Signature.hex(Signature.sha256(Signature.utf8(sorted.toString())));
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    private static void add(Map<String, List<String>> values, byte[] body, int start, int end) {
        int equals = start;
        while (equals < end && body[equals] != '=') {
            equals++;
        }
        String name = decode(body, start, equals);
        String value = equals < end ? decode(body, equals + 1, end) : "";
        values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
    }

    /** A percent sign that starts no escape stays as it is: the signature decides, not the decoder. */
    private static String decode(byte[] body, int start, int end) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(end - start);
        for (int i = start; i < end; i++) {
            int high = body[i] == '%' && i + 2 < end ? Character.digit(body[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(body[i + 2], 16) : -1;
            if (low >= 0) {
                decoded.write(high << 4 | low);
                i += 2;
            } else {
                decoded.write(body[i] == '+' ? ' ' : body[i]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
