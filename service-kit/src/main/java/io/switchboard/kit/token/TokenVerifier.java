package io.switchboard.kit.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens (RFC 9068, RFC 8725): RS256 only, type at+jwt, issuer, audience, times. What was verified is
 * remembered under the hash of the whole token until it expires, since verifying is a third of a hot read.
 */
@ApplicationScoped
public class TokenVerifier {
    /** Longer ones are bad ones, characters. */
    public static final int LONGEST = 8 * 1024;

    private static final int SKEW_SECONDS = 60;
    private static final AlgorithmConstraints RS256 =
            new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256);

    private final VerificationKeys keys;
    private final String issuer;
    private final String[] audiences;
    private final Cache<ByteBuffer, AccessToken> remembered = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfter(Expiry.<ByteBuffer, AccessToken>creating((hash, token) -> remaining(token)))
            .build();

    TokenVerifier(
            VerificationKeys keys,
            @ConfigProperty(name = "switchboard.issuer") String issuer,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.keys = keys;
        this.issuer = issuer;
        this.audiences = new String[] {"switchboard", service};
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
                ? Uni.createFrom().item(() -> verified(token, hash, key))
                : keys.lookUp(kid).map(found -> verified(token, hash, found));
    }

    private AccessToken verified(String token, ByteBuffer hash, @Nullable PublicKey key) {
        if (key == null) {
            throw Problem.unauthorized();
        }
        try {
            var claims = consumer(key).processToClaims(token);
            var access = AccessToken.of(claims);
            var service = access.service() != null;
            // A person's token is for the whole suite, a service's for the one peer that it names.
            if (claims.getAudience().size() != 1 || claims.getAudience().get(0).equals(audiences[0]) == service) {
                throw Problem.unauthorized();
            }
            remembered.put(hash, access);
            return access;
        } catch (InvalidJwtException
                | MalformedClaimException
                | DateTimeException
                | IllegalArgumentException
                | ClassCastException
                | NullPointerException e) {
            throw Problem.unauthorized();
        }
    }

    private JwtConsumer consumer(PublicKey key) {
        return new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setJwsAlgorithmConstraints(RS256)
                .setExpectedType(true, "at+jwt")
                .setExpectedIssuer(true, issuer)
                .setExpectedAudience(true, audiences)
                .setRequireExpirationTime()
                .setRequireSubject()
                .setRequireJwtId()
                .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                .build();
    }

    /** The key id that the header names; a plain map key, and nothing else of the header is followed. */
    private static @Nullable String kid(String token) {
        try {
            var parts = token.split("\\.", -1);
            if (parts.length != 3 || !Stream.of(parts).allMatch(TokenVerifier::isCanonical)) {
                return null;
            }
            var jws = new JsonWebSignature();
            jws.setCompactSerialization(token);
            return AlgorithmIdentifiers.RSA_USING_SHA256.equals(jws.getAlgorithmHeaderValue())
                    ? jws.getKeyIdHeaderValue()
                    : null;
        } catch (JoseException | IllegalArgumentException | ClassCastException e) {
            return null;
        }
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
