package io.switchboard.voice.provider.vapi;

import io.switchboard.voice.provider.CallEvent;
import io.switchboard.voice.provider.Credentials;
import io.switchboard.voice.provider.Delivery;
import io.switchboard.voice.provider.IdentifiedEvent;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Provider;
import io.switchboard.voice.provider.RawEvent;
import io.switchboard.voice.provider.Reply;
import io.switchboard.voice.provider.Signature;
import io.switchboard.voice.provider.Verdict;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Vapi: voice assistants on the phone and in the browser. */
@Singleton
public class Vapi implements Provider {
    private static final Pattern ALGORITHM = Pattern.compile("^sha(1|256|512)=");
    private static final Pattern COUNT = Pattern.compile("\\d{9,14}");

    @Override
    public String name() {
        return "vapi";
    }

    /**
     * By the signature if there is one, else by the shared secret in either of its headers. Only a signature with a
     * time can be too old.
     */
    @Override
    public Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        String signature = delivery.header("x-signature");
        if (signature != null) {
            return signed(delivery, ALGORITHM.matcher(signature).replaceFirst(""), credentials, now);
        }
        String shared = sharedSecret(delivery);
        return shared == null ? Verdict.REFUSED : credentials.match(secret -> secret, Signature.utf8(shared));
    }

    @Override
    public List<IdentifiedEvent> identify(Delivery delivery) {
        return VapiNames.identify(delivery.body(), delivery.limits().events());
    }

    /** Vapi reads the answer only of messages that ask for something. */
    @Override
    public Reply reply(List<IdentifiedEvent> events) {
        return Reply.JSON;
    }

    @Override
    public @Nullable CallEvent translate(RawEvent event) {
        return new VapiMessage(Json.tree(event.body()).path("message"), event).callEvent();
    }

    private static @Nullable String sharedSecret(Delivery delivery) {
        String secret = delivery.header("X-Vapi-Secret");
        String authorization = delivery.header("Authorization");
        if (secret == null && authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).trim();
        }
        return secret;
    }

    private static Verdict signed(Delivery delivery, String given, Credentials credentials, Instant now) {
        String timestamp = delivery.header("x-timestamp");
        String algorithm = algorithm(given.length());
        if (algorithm == null || timestamp != null && !isRecent(timestamp, now)) {
            return Verdict.REFUSED;
        }
        byte[] before = Signature.utf8(timestamp == null ? "" : timestamp + ".");
        boolean hex = given.length() == 40 || given.length() == 64 || given.length() == 128;
        return credentials.match(
                secret -> encoded(Signature.hmac(algorithm, secret, before, delivery.body()), hex),
                Signature.utf8(hex ? given.toLowerCase(Locale.ROOT) : given));
    }

    /** By the length of the signature in hexadecimal or Base64. */
    private static @Nullable String algorithm(int length) {
        return switch (length) {
            case 40, 28 -> "HmacSHA1";
            case 64, 44 -> "HmacSHA256";
            case 128, 88 -> "HmacSHA512";
            default -> null;
        };
    }

    private static byte[] encoded(byte[] mac, boolean hex) {
        return hex ? Signature.utf8(Signature.hex(mac)) : Base64.getEncoder().encode(mac);
    }

    /** Vapi does not say whether it counts seconds or milliseconds; the magnitude does. */
    private static boolean isRecent(String timestamp, Instant now) {
        if (!COUNT.matcher(timestamp).matches()) {
            return false;
        }
        long count = Long.parseLong(timestamp);
        return Signature.isRecent(
                count < 100_000_000_000L ? Instant.ofEpochSecond(count) : Instant.ofEpochMilli(count), now);
    }
}
