package io.switchboard.voice.provider.plivo;

import io.switchboard.voice.signature.Credentials;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.Form;
import io.switchboard.voice.signature.Signature;
import io.switchboard.voice.signature.Verdict;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plivo's signatures. The third version covers the URL and all parameters. The second one covers neither body nor query, so it
 * is accepted only where there are none.
 */
final class PlivoSignature {
    private static final String V3 = "X-Plivo-Signature-V3";
    private static final String V2 = "X-Plivo-Signature-V2";

    /** Of a subaccount's deliveries, by the token of the main account. */
    private static final String MAIN_V3 = "X-Plivo-Signature-Ma-V3";

    private PlivoSignature() {}

    static Verdict verify(Delivery delivery, Credentials credentials) {
        List<byte[]> given = new ArrayList<>();
        addTo(given, delivery.header(V3));
        addTo(given, delivery.header(MAIN_V3));
        if (!given.isEmpty()) {
            String nonce = delivery.header(V3 + "-Nonce");
            return nonce == null
                    ? Verdict.REFUSED
                    : anyOf(given, Signature.utf8(signed(delivery) + "." + nonce), credentials);
        }
        String nonce = delivery.header(V2 + "-Nonce");
        addTo(given, delivery.header(V2));
        boolean isBare = delivery.body().length == 0 && delivery.url().indexOf('?') < 0;
        return nonce == null || given.isEmpty() || !isBare
                ? Verdict.REFUSED
                : anyOf(given, Signature.utf8(delivery.url() + nonce), credentials);
    }

    /** A header may list the signatures of several tokens. */
    private static void addTo(List<byte[]> given, @Nullable String header) {
        if (header != null) {
            for (String signature : header.split(",")) {
                given.add(Signature.utf8(signature.strip()));
            }
        }
    }

    private static Verdict anyOf(List<byte[]> given, byte[] signed, Credentials credentials) {
        return credentials.match(secret -> {
            byte[] expected = Base64.getEncoder().encode(Signature.hmac("HmacSHA256", secret, signed));
            boolean matched = false;
            for (byte[] each : given) {
                matched |= MessageDigest.isEqual(expected, each);
            }
            return matched;
        });
    }

    /** As Plivo's Python library builds it; its libraries for other languages differ in corners. */
    private static String signed(Delivery delivery) {
        int mark = delivery.url().indexOf('?');
        String base = mark < 0 ? delivery.url() : delivery.url().substring(0, mark);
        String query = joined(Form.parse(Signature.utf8(delivery.query())), "=", "&");
        String params = delivery.isGet() ? "" : joined(Form.parse(delivery.body()), "", "");
        if (params.isEmpty()) {
            return query.isEmpty() ? base : base + "?" + query;
        }
        return base + "?" + query + (query.isEmpty() ? "" : ".") + params;
    }

    /** Sorted by name, and the values of one name among themselves. */
    private static String joined(Form form, String afterName, String between) {
        Map<String, List<String>> sorted = new TreeMap<>(form.values());
        return sorted.entrySet().stream()
                .flatMap(field -> field.getValue().stream().sorted().map(value -> field.getKey() + afterName + value))
                .collect(Collectors.joining(between));
    }
}
