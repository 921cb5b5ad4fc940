package io.switchboard.voice.provider.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.switchboard.voice.provider.Json;
import io.switchboard.voice.provider.Untranslatable;
import io.switchboard.voice.signature.Credentials;
import io.switchboard.voice.signature.Delivery;
import io.switchboard.voice.signature.Signature;
import io.switchboard.voice.signature.Verdict;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JWT with which Vonage signs a delivery: HS256 and no other algorithm.
 *
 * @param head as signed, in Base64
 * @param claims likewise
 */
record VonageToken(String head, String claims, String signature) {
    private static final Pattern BEARER =
            Pattern.compile("(?i:Bearer) ++([\\w-]{1,1024}+)\\.([\\w-]{1,4096}+)\\.([\\w-]{43}+) *+");
    private static final byte[] NO_BODY = new byte[0];

    /** Null for anything else. */
    static @Nullable VonageToken of(String authorization) {
        Matcher token = BEARER.matcher(authorization);
        return token.matches() ? new VonageToken(token.group(1), token.group(2), token.group(3)) : null;
    }

    Verdict verify(Delivery delivery, Credentials credentials, Instant now) {
        byte[] signed = Signature.utf8(head + "." + claims);
        Verdict verdict = credentials.match(
                secret -> Base64.getUrlEncoder().withoutPadding().encode(Signature.hmac("HmacSHA256", secret, signed)),
                Signature.utf8(signature));
        return verdict.isAccepted() && fits(delivery, now) ? verdict : Verdict.REFUSED;
    }

    private boolean fits(Delivery delivery, Instant now) {
        try {
            JsonNode told = decoded(claims);
            Instant issuedAt = Json.time(told, "/iat");
            return "HS256".equals(Json.text(decoded(head), "/alg"))
                    && issuedAt != null
                    && Signature.isRecent(issuedAt, now)
                    && covers(Json.text(told, "/payload_hash"), delivery);
        } catch (Untranslatable | IllegalArgumentException e) {
            return false;
        }
    }

    /** Of a GET, Vonage does not say what the hash covers: the empty body or the query. */
    private static boolean covers(@Nullable String hash, Delivery delivery) {
        if (!delivery.isGet()) {
            return hash != null && isHash(hash, delivery.body());
        }
        return hash == null || isHash(hash, NO_BODY) | isHash(hash, Signature.utf8(delivery.query()));
    }

    private static boolean isHash(String hash, byte[] bytes) {
        return MessageDigest.isEqual(
                Signature.utf8(hash.toLowerCase(Locale.ROOT)), Signature.utf8(Signature.hex(Signature.sha256(bytes))));
    }

    private static JsonNode decoded(String part) {
        return Json.tree(Base64.getUrlDecoder().decode(part));
    }
}
