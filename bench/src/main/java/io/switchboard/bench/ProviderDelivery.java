package io.switchboard.bench;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Events as a provider delivers them to one endpoint: each of another call, and signed. */
final class ProviderDelivery {
    /** As they stand in an endpoint's {@code provider}. */
    static final List<String> PROVIDERS =
            List.of("vapi", "twilio", "telnyx", "retell", "elevenlabs", "plivo", "vonage", "standard");

    private static final List<String> OF_FORMS = List.of("twilio", "plivo");

    private final String provider;
    private final String url;
    private final String requestLine;
    private final String mediaType;
    private final String sample;
    private final String fields;
    private final DeliverySignature signature;

    ProviderDelivery(String provider, URI url, DeliverySignature signature) {
        boolean isForm = OF_FORMS.contains(provider);
        this.provider = provider;
        this.url = url.toString();
        this.requestLine = "POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n";
        this.mediaType = isForm ? "application/x-www-form-urlencoded" : "application/json";
        this.sample = sample(provider);
        this.fields = isForm ? fields(sample) : "";
        this.signature = signature;
    }

    /** A body with {@code {{callId}}} and {@code {{hex}}} where the ids of its call are. */
    static String sample(String provider) {
        return Script.of("deliveries/" + provider, Map.of());
    }

    void write(ByteBuffer out) {
        UUID call = id();
        byte[] body = named(sample, call).getBytes(StandardCharsets.UTF_8);
        String head = requestLine + "Content-Type: " + mediaType + "\r\nContent-Length: " + body.length + "\r\n"
                + signature.headers(provider, url, body, named(fields, call)) + "\r\n";
        out.put(head.getBytes(StandardCharsets.UTF_8)).put(body);
    }

    /** It may be guessed: {@link UUID#randomUUID} asks the kernel each time, at the cost of what is measured. */
    static UUID id() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong());
    }

    static String named(String text, UUID call) {
        String id = call.toString();
        return text.replace("{{callId}}", id).replace("{{hex}}", id.replace("-", ""));
    }

    /** Names and values of a form in the order of the names, as Twilio and Plivo sign them. */
    private static String fields(String form) {
        return Arrays.stream(form.split("&"))
                .sorted()
                .map(field -> URLDecoder.decode(field.replaceFirst("=", ""), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }
}
