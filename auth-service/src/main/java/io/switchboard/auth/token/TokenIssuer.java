package io.switchboard.auth.token;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.auth.work.Offloaded;
import io.switchboard.kit.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;

/**
 * Issues access tokens: signed JWTs (RFC 9068) that live five minutes and that every service verifies alone. Signing takes
 * most of a millisecond, so who asks for the same claims again within a minute gets the same token again. Another role or
 * plan makes other claims and hence another token, and so does another signing key.
 */
@ApplicationScoped
public class TokenIssuer {
    /** For so long who asks for the same again gets the same token. */
    public static final Duration REISSUED_FOR = Duration.ofMinutes(1);

    private static final String SUITE = "switchboard";
    private static final String SERVICE = "service";
    private static final String CLIENT = "client";
    /** What a token has left at least when it is issued once more. */
    private static final Duration LEFT_AT_LEAST = Rotation.TOKEN_LIFE.minus(REISSUED_FOR);

    private final SigningKeys keys;
    private final String issuer;
    private final AsyncCache<Wanted, IssuedToken> issued;

    TokenIssuer(
            SigningKeys keys,
            @ConfigProperty(name = "switchboard.issuer") String issuer,
            @ConfigProperty(name = "switchboard.remembered-tokens", defaultValue = "10000") int remembered) {
        this.keys = keys;
        this.issuer = issuer;
        this.issued = Caffeine.newBuilder()
                .maximumSize(remembered)
                .expireAfter(Expiry.<Wanted, IssuedToken>creating((wanted, token) -> token.remembered(LEFT_AT_LEAST)))
                .executor(Runnable::run) // its housekeeping is a few steps: no thread is worth waking for that
                .buildAsync();
    }

    /** What a user's plan allows; voice-service goes by it without asking. */
    public record Plan(String tier, int maxAgents, long monthlyTokenQuota) {}

    /** The person for whom a service calls. */
    public record OnBehalfOf(String subject, List<String> groups) {}

    /** Everything that a token says, but for its times and its id. */
    private record Claims(
            String subject,
            String audience,
            String role,
            @Nullable UUID orgId,
            @Nullable Plan plan,
            @Nullable OnBehalfOf person,
            boolean isKey,
            @Nullable UUID session) {}

    /** What is signed, and with which key. */
    private record Wanted(String kid, Claims claims) {}

    /**
     * As all of these, fails with {@code unavailable} (503) while there is no key to sign with.
     *
     * @param session the family of refresh tokens that it comes from
     */
    public Uni<IssuedToken> forUser(UUID orgId, UUID userId, String role, Plan plan, UUID session) {
        return issued(new Claims(userId.toString(), SUITE, role, orgId, plan, null, false, session));
    }

    /** For an access key, which acts in its role by itself and has no plan. */
    public Uni<IssuedToken> forAccessKey(UUID orgId, UUID keyId, String role) {
        return issued(new Claims(keyId.toString(), SUITE, role, orgId, null, null, true, null));
    }

    public Uni<IssuedToken> forClient(UUID orgId, UUID clientId) {
        return issued(new Claims(clientId.toString(), SUITE, CLIENT, orgId, null, null, false, null));
    }

    /** @param peer the one service that takes it */
    public Uni<IssuedToken> forService(String service, String peer, @Nullable UUID orgId, @Nullable OnBehalfOf person) {
        return issued(new Claims(service, peer, SERVICE, orgId, null, person, false, null));
    }

    /** What is remembered comes at once and on the caller's thread; of those who miss the same at once, one signs. */
    private Uni<IssuedToken> issued(Claims claims) {
        var ring = keys.ring();
        return Offloaded.awaited(
                issued.get(new Wanted(ring.kid(), claims), (wanted, executor) -> signed(ring, claims)));
    }

    private CompletableFuture<IssuedToken> signed(KeyRing ring, Claims claims) {
        try {
            return CompletableFuture.supplyAsync(() -> sign(ring, claims), Infrastructure.getDefaultExecutor());
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(Problem.unavailable(1));
        }
    }

    private IssuedToken sign(KeyRing ring, Claims said) {
        var claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(said.audience());
        claims.setSubject(said.subject());
        claims.setStringListClaim("groups", said.role());
        claims.setGeneratedJwtId();
        var now = NumericDate.now();
        claims.setIssuedAt(now);
        var expiry = NumericDate.fromSeconds(now.getValue() + Rotation.TOKEN_LIFE.toSeconds());
        claims.setExpirationTime(expiry);
        say(said, claims);
        return new IssuedToken(ring.sign(claims), Instant.ofEpochSecond(expiry.getValue()));
    }

    private static void say(Claims said, JwtClaims claims) {
        if (said.orgId() != null) {
            claims.setStringClaim("org_id", said.orgId().toString());
        }
        if (said.role().equals(SERVICE)) {
            claims.setStringClaim("azp", said.subject());
        }
        if (said.role().equals(CLIENT)) {
            claims.setStringClaim("client_id", said.subject());
        }
        if (said.isKey()) {
            claims.setClaim("key", true);
        }
        if (said.session() != null) {
            claims.setStringClaim("sid", said.session().toString()); // as OpenID Connect calls it
        }
        if (said.plan() != null) {
            claims.setStringClaim("tier", said.plan().tier());
            claims.setClaim("max_agents", said.plan().maxAgents());
            claims.setClaim("monthly_token_quota", said.plan().monthlyTokenQuota());
        }
        if (said.person() != null) {
            claims.setClaim(
                    "on_behalf_of",
                    Map.of(
                            "sub",
                            said.person().subject(),
                            "groups",
                            said.person().groups()));
        }
    }
}
