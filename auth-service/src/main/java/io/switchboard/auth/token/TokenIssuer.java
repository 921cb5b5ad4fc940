package io.switchboard.auth.token;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.kit.problem.Problem;
import io.switchboard.kit.work.Offloaded;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Issues access tokens: signed JWTs (RFC 9068) that live five minutes and that every service verifies alone. Signing takes
 * most of a millisecond, so a repeated request for the same claims within a minute gets the same token. Another role, plan or
 * signing key makes another token.
 */
@ApplicationScoped
public class TokenIssuer {
    /** A repeated request within this time gets the same token. */
    public static final Duration REISSUED_FOR = Duration.ofMinutes(1);

    private static final String SUITE = "switchboard";
    private static final String SERVICE = "service";
    private static final String CLIENT = "client";
    /** The time that a token must have left to be issued again. */
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
    public record OnBehalfOf(String subject, List<String> groups) {
        private Map<String, Object> json() {
            return Map.of("sub", subject, "groups", groups);
        }
    }

    /** The content of a token without its times and its id. */
    private record Claims(
            String subject,
            String audience,
            String role,
            @Nullable UUID orgId,
            @Nullable Plan plan,
            @Nullable OnBehalfOf person,
            boolean isKey,
            @Nullable UUID session) {}

    /** The content and the key that signs it. */
    private record Wanted(String kid, Claims claims) {}

    /**
     * As all of these, fails with {@code unavailable} (503) while there is no key to sign with.
     *
     * @param session the family of refresh tokens that it comes from
     */
    public Uni<IssuedToken> forUser(UUID orgId, UUID userId, String role, Plan plan, UUID session) {
        return issue(new Claims(userId.toString(), SUITE, role, orgId, plan, null, false, session));
    }

    /** For an access key, which acts in its role by itself and has no plan. */
    public Uni<IssuedToken> forAccessKey(UUID orgId, UUID keyId, String role) {
        return issue(new Claims(keyId.toString(), SUITE, role, orgId, null, null, true, null));
    }

    public Uni<IssuedToken> forClient(UUID orgId, UUID clientId) {
        return issue(new Claims(clientId.toString(), SUITE, CLIENT, orgId, null, null, false, null));
    }

    /** @param peer the one service that takes it */
    public Uni<IssuedToken> forService(String service, String peer, @Nullable UUID orgId, @Nullable OnBehalfOf person) {
        return issue(new Claims(service, peer, SERVICE, orgId, null, person, false, null));
    }

    /** A remembered token comes at once on the caller's thread; of parallel requests for a new one, one signs. */
    private Uni<IssuedToken> issue(Claims claims) {
        var ring = keys.ring();
        return Offloaded.awaited(
                issued.get(new Wanted(ring.kid(), claims), (wanted, executor) -> signInPool(ring, claims)));
    }

    private CompletableFuture<IssuedToken> signInPool(KeyRing ring, Claims claims) {
        try {
            return CompletableFuture.supplyAsync(() -> sign(ring, claims), Infrastructure.getDefaultExecutor());
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(Problem.unavailable(1));
        }
    }

    private IssuedToken sign(KeyRing ring, Claims claims) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var expires = now.plus(Rotation.TOKEN_LIFE);
        return new IssuedToken(ring.sign(json(claims, now, expires)), expires);
    }

    private Map<String, Object> json(Claims claims, Instant now, Instant expires) {
        var json = new LinkedHashMap<String, Object>();
        json.put("iss", issuer);
        json.put("aud", claims.audience());
        json.put("sub", claims.subject());
        json.put("groups", List.of(claims.role()));
        json.put("iat", now.getEpochSecond());
        json.put("exp", expires.getEpochSecond());
        if (claims.orgId() != null) {
            json.put("org_id", claims.orgId().toString());
        }
        if (claims.role().equals(SERVICE)) {
            json.put("azp", claims.subject());
        }
        if (claims.role().equals(CLIENT)) {
            json.put("client_id", claims.subject());
        }
        if (claims.isKey()) {
            json.put("key", true);
        }
        if (claims.session() != null) {
            json.put("sid", claims.session().toString()); // as OpenID Connect calls it
        }
        if (claims.plan() != null) {
            json.put("tier", claims.plan().tier());
            json.put("max_agents", claims.plan().maxAgents());
            json.put("monthly_token_quota", claims.plan().monthlyTokenQuota());
        }
        if (claims.person() != null) {
            json.put("on_behalf_of", claims.person().json());
        }
        return json;
    }
}
