package io.switchboard.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A provider's webhook as it goes over the wire, made from a sample under {@code demo/}.
 *
 * @param what the event, in the provider's words
 * @param parameters of a form; empty for JSON
 */
record SampleDelivery(String provider, String what, String contentType, byte[] body, Map<String, String> parameters) {

    /** @param values of the sample's {@code {{names}}} */
    static SampleDelivery vapi(String what, String sample, Map<String, String> values) {
        byte[] body = filled(sample + ".json", values).getBytes(StandardCharsets.UTF_8);
        return new SampleDelivery("vapi", what, "application/json", body, Map.of());
    }

    /** The sample has a parameter a line. */
    static SampleDelivery twilio(String what, String sample, Map<String, String> values) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String line : filled(sample + ".form", values).lines().toList()) {
            int end = line.indexOf('=');
            parameters.put(line.substring(0, end), line.substring(end + 1));
        }
        String form = parameters.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
        byte[] body = form.getBytes(StandardCharsets.UTF_8);
        return new SampleDelivery("twilio", what, "application/x-www-form-urlencoded", body, parameters);
    }

    private static String filled(String sample, Map<String, String> values) {
        try (InputStream stream = SampleDelivery.class.getResourceAsStream("/demo/" + sample)) {
            if (stream == null) {
                throw new IllegalStateException("no sample " + sample);
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("{{" + value.getKey() + "}}", value.getValue());
            }
            if (text.contains("{{")) {
                throw new IllegalStateException("Give a value for each {{name}} in " + sample);
            }
            return text;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
