package io.switchboard.voice.signature;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A signature by HMAC whose headers, encoding and signed text the sender chooses. The algorithm follows from the signature's
 * length: SHA-1, SHA-256 or SHA-512.
 *
 * @param signatureHeader may hold several signatures with blanks between them; one must fit
 * @param prefix comes before each signature; null for {@code sha256=} and its like, or nothing
 * @param isHex null where the length tells it from Base64
 * @param payloadFormat the signed text, with placeholders
 */
public record HmacTemplate(
        String signatureHeader,
        String timestampHeader,
        String messageIdHeader,
        @Nullable String prefix,
        @Nullable Boolean isHex,
        String payloadFormat,
        SecretForm secretForm) {
    /** What an endpoint may say of its signature. The signed text holds the body once, or nothing would cover it. */
    public static final List<Option> OPTIONS = List.of(
            Option.header("signatureHeader"),
            Option.header("timestampHeader"),
            Option.header("messageIdHeader"),
            Option.text("signaturePrefix", Pattern.compile("[\\x20-\\x7e]{0,64}"), "is up to 64 ASCII characters"),
            Option.oneOf("encoding", List.of("hex", "base64")),
            Option.flag("secretIsBase64"),
            Option.text(
                    "payloadFormat",
                    Pattern.compile("(?s)(?=.{6,200}$)(?:(?!\\{body}).)*+\\{body}(?:(?!\\{body}).)*+"),
                    "is up to 200 characters with {body} once, and with {timestamp}, {method}, {url} and {svix-id} where wanted"));

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(body|timestamp|method|url|svix-id)}");
    private static final Pattern ALGORITHM = Pattern.compile("^sha(1|256|512)=");
    private static final Pattern COUNT = Pattern.compile("\\d{9,14}");
    private static final int MOST_SIGNATURES = 8;

    /** Why an endpoint with these options cannot have this secret; null when it can. */
    public static @Nullable String refuseSecret(@Nullable String secret, EndpointOptions options) {
        boolean isKey = secret == null
                || !options.isSet("secretIsBase64")
                || SecretForm.BASE64.key(Signature.utf8(secret)).length > 0;
        return isKey ? null : "is Base64, as its endpoint's options say";
    }

    /** With what the endpoint's options change. */
    public HmacTemplate with(EndpointOptions options) {
        if (options.values().isEmpty()) {
            return this;
        }
        String encoding = options.text("encoding");
        return new HmacTemplate(
                options.text("signatureHeader", signatureHeader),
                options.text("timestampHeader", timestampHeader),
                options.text("messageIdHeader", messageIdHeader),
                options.values().containsKey("signaturePrefix") ? options.text("signaturePrefix") : prefix,
                encoding == null ? isHex : Boolean.valueOf(encoding.equals("hex")),
                options.text("payloadFormat", payloadFormat),
                options.values().containsKey("secretIsBase64")
                        ? options.isSet("secretIsBase64") ? SecretForm.BASE64 : SecretForm.TEXT
                        : secretForm);
    }

    /** Whether the delivery claims to be signed so. */
    public boolean isUsed(Delivery delivery) {
        return delivery.header(signatureHeader) != null;
    }

    /** A time that comes with the delivery must be recent, and one that the signature covers must come. */
    public Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        String timestamp = delivery.header(timestampHeader);
        String given = delivery.header(signatureHeader);
        if (given == null || timestamp != null && !isRecent(timestamp.strip(), now)) {
            return Verdict.REFUSED;
        }
        List<byte[]> signed = signed(delivery, timestamp == null ? null : timestamp.strip());
        Verdict verdict = Verdict.REFUSED;
        boolean single = prefix != null && prefix.indexOf(' ') >= 0;
        String[] each = single ? new String[] {given} : given.strip().split(" +", MOST_SIGNATURES + 1);
        for (int i = 0; signed != null && i < Math.min(each.length, MOST_SIGNATURES); i++) {
            String signature = bare(each[i]);
            verdict = signature == null ? verdict : verdict.or(() -> match(signature, signed, credentials));
        }
        return verdict;
    }

    /** Without what comes before it; null without that. */
    private @Nullable String bare(String signature) {
        if (prefix == null) {
            return ALGORITHM.matcher(signature).replaceFirst("");
        }
        return signature.startsWith(prefix) ? signature.substring(prefix.length()) : null;
    }

    private Verdict match(String given, List<byte[]> signed, Credentials credentials) {
        int length = given.length();
        boolean hex = isHex == null ? length == 40 || length == 64 || length == 128 : isHex;
        String algorithm = hex ? algorithm(length, 40, 64, 128) : algorithm(length, 28, 44, 88);
        if (algorithm == null) {
            return Verdict.REFUSED;
        }
        byte[] signature = Signature.utf8(hex ? given.toLowerCase(Locale.ROOT) : given);
        return credentials.match(secret -> {
            byte[] key = secretForm.key(secret);
            return key.length > 0
                    && MessageDigest.isEqual(
                            signature, encoded(Signature.hmac(algorithm, key, signed.toArray(byte[][]::new)), hex));
        });
    }

    /** The template's parts, filled in one pass, so that no value is taken for a placeholder; null where one is missing. */
    private @Nullable List<byte[]> signed(Delivery delivery, @Nullable String timestamp) {
        List<byte[]> parts = new ArrayList<>();
        Matcher placeholder = PLACEHOLDER.matcher(payloadFormat);
        int end = 0;
        while (placeholder.find()) {
            parts.add(Signature.utf8(payloadFormat.substring(end, placeholder.start())));
            byte[] value = value(placeholder.group(1), delivery, timestamp);
            if (value == null) {
                return null;
            }
            parts.add(value);
            end = placeholder.end();
        }
        parts.add(Signature.utf8(payloadFormat.substring(end)));
        return parts;
    }

    private byte @Nullable [] value(String name, Delivery delivery, @Nullable String timestamp) {
        if (name.equals("body")) {
            return delivery.body();
        }
        String text =
                switch (name) {
                    case "timestamp" -> timestamp;
                    case "method" -> delivery.method();
                    case "url" -> delivery.url();
                    default -> delivery.header(messageIdHeader);
                };
        return text == null ? null : Signature.utf8(text);
    }

    private static @Nullable String algorithm(int length, int sha1, int sha256, int sha512) {
        return length == sha1 ? "HmacSHA1" : length == sha256 ? "HmacSHA256" : length == sha512 ? "HmacSHA512" : null;
    }

    private static byte[] encoded(byte[] mac, boolean hex) {
        return hex ? Signature.utf8(Signature.hex(mac)) : Base64.getEncoder().encode(mac);
    }

    /** Seconds or milliseconds since 1970: the magnitude tells which. */
    private static boolean isRecent(String timestamp, Instant now) {
        if (!COUNT.matcher(timestamp).matches()) {
            return false;
        }
        long count = Long.parseLong(timestamp);
        return Signature.isRecent(
                count < 100_000_000_000L ? Instant.ofEpochSecond(count) : Instant.ofEpochMilli(count), now);
    }
}
