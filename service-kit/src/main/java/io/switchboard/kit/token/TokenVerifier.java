package io.switchboard.kit.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens (RFC 9068, RFC 8725): RS256 only, type at+jwt, issuer, audience, times. The library checks first, then
 * the claims are read and checked here again, since it also takes other types. A verified token is remembered under the hash of
 * its whole text until it expires: verifying is a third of a hot read otherwise.
 */
@ApplicationScoped
public class TokenVerifier {
    /** Longer tokens are refused, characters. */
    public static final int LONGEST = 8 * 1024;

    private static final int SKEW_SECONDS = 60;
    private static final String SUITE = "switchboard";

    private final DefaultJWTTokenParser parser = new DefaultJWTTokenParser();

    private final VerificationKeys keys;
    private final String issuer;
    private final Set<String> audiences;
    private final Cache<ByteBuffer, AccessToken> remembered = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfter(Expiry.<ByteBuffer, AccessToken>creating((hash, token) -> remaining(token)))
            .executor(Runnable::run) // its housekeeping is a few steps: no thread is worth waking for that
            .build();

    TokenVerifier(
            VerificationKeys keys,
            @ConfigProperty(name = "switchboard.issuer") String issuer,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.keys = keys;
        this.issuer = issuer;
        this.audiences = Set.of(SUITE, service);
    }

    /** Fails with {@code unauthorized}, whatever is wrong with the token. */
    public Uni<AccessToken> verify(String token) {
        if (token.length() > LONGEST) {
            return refused();
        }
        var hash = hash(token);
        var known = remembered.getIfPresent(hash);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        var kid = kid(token);
        if (kid == null) {
            return refused();
        }
        var key = keys.known(kid);
        return key != null
                ? Uni.createFrom().item(() -> verify(token, hash, key))
                : keys.lookUp(kid).map(found -> verify(token, hash, found));
    }

    private AccessToken verify(String token, ByteBuffer hash, @Nullable PublicKey key) {
        if (key == null) {
            throw Problem.unauthorized();
        }
        try {
            parser.parse(token, rules(key));
            var access = read(json(token.split("\\.")[1]));
            remembered.put(hash, access);
            return access;
        } catch (ParseException | RuntimeException e) {
            throw Problem.unauthorized();
        }
    }

    private JWTAuthContextInfo rules(PublicKey key) {
        var rules = new JWTAuthContextInfo(key, issuer);
        rules.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256));
        rules.setRelaxVerificationKeyValidation(false); // RSA keys have 2048 bits or more
        rules.setExpectedAudience(audiences);
        rules.setClockSkew(SKEW_SECONDS);
        return rules;
    }

    private static AccessToken read(JsonObject claims) {
        AccessToken.required(claims, "jti");
        if (AccessToken.time(claims, "iat").isAfter(Instant.now().plusSeconds(SKEW_SECONDS))) {
            throw new IllegalArgumentException("iat is in the future");
        }
        var access = AccessToken.of(claims);
        // A person's token is for the whole suite, a service's for the one peer that it names.
        if (AccessToken.audience(claims).equals(SUITE) == (access.service() != null)) {
            throw new IllegalArgumentException("aud does not fit the role");
        }
        return access;
    }

    /**
     * The key id in the header, a plain map key; null unless the header has our algorithm and type. Extensions that a verifier
     * must understand are refused, and keys or addresses of keys in the header are not read.
     */
    private static @Nullable String kid(String token) {
        try {
            var parts = token.split("\\.", -1);
            if (parts.length != 3 || !isCanonical(parts[0]) || !isCanonical(parts[1]) || !isCanonical(parts[2])) {
                return null;
            }
            var header = json(parts[0]);
            var isOurs = "RS256".equals(header.getValue("alg"))
                    && "at+jwt".equals(header.getValue("typ"))
                    && !header.containsKey("crit");
            return isOurs ? (String) header.getValue("kid") : null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static JsonObject json(String part) {
        return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
    }

    /** RFC 7515: base64url without padding or other characters; and without unused bits, so that a token has one text. */
    private static boolean isCanonical(String part) {
        var bytes = Base64.getUrlDecoder().decode(part);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
    }

    private static Duration remaining(AccessToken token) {
        var left = Duration.between(Instant.now(), token.expires());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static ByteBuffer hash(String token) {
        try {
            return ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Uni<AccessToken> refused() {
        return Uni.createFrom().failure(Problem::unauthorized);
    }
}
