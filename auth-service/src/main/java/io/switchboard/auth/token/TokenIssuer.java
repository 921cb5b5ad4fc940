package io.switchboard.auth.token;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.switchboard.auth.work.Offloaded;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;

/** Issues access tokens: signed JWTs (RFC 9068) that live five minutes and that every service verifies alone. */
@ApplicationScoped
public class TokenIssuer {
    /** Seconds. */
    public static final int EXPIRES_IN = Math.toIntExact(Rotation.TOKEN_LIFE.toSeconds());

    private static final String SUITE = "switchboard";

    private final SigningKeys keys;
    private final String issuer;

    TokenIssuer(SigningKeys keys, @ConfigProperty(name = "switchboard.issuer") String issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /** What a user's plan allows; voice-service goes by it without asking. */
    public record Plan(String tier, int maxAgents, long monthlyTokenQuota) {}

    /** The person for whom a service calls. */
    public record OnBehalfOf(String subject, List<String> groups) {}

    public Uni<String> forUser(UUID orgId, UUID userId, String role, Plan plan) {
        var claims = claims(userId.toString(), SUITE, role);
        claims.setStringClaim("org_id", orgId.toString());
        claims.setStringClaim("tier", plan.tier());
        claims.setClaim("max_agents", plan.maxAgents());
        claims.setClaim("monthly_token_quota", plan.monthlyTokenQuota());
        return signed(claims);
    }

    public Uni<String> forClient(UUID orgId, UUID clientId) {
        var claims = claims(clientId.toString(), SUITE, "client");
        claims.setStringClaim("org_id", orgId.toString());
        claims.setStringClaim("client_id", clientId.toString());
        return signed(claims);
    }

    /** @param peer the one service that takes it */
    public Uni<String> forService(String service, String peer, @Nullable UUID orgId, @Nullable OnBehalfOf person) {
        var claims = claims(service, peer, "service");
        claims.setStringClaim("azp", service);
        if (orgId != null) {
            claims.setStringClaim("org_id", orgId.toString());
        }
        if (person != null) {
            claims.setClaim("on_behalf_of", Map.of("sub", person.subject(), "groups", person.groups()));
        }
        return signed(claims);
    }

    private JwtClaims claims(String subject, String audience, String role) {
        var claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(audience);
        claims.setSubject(subject);
        claims.setStringListClaim("groups", role);
        claims.setGeneratedJwtId();
        var now = NumericDate.now();
        claims.setIssuedAt(now);
        var expiry = NumericDate.fromSeconds(now.getValue());
        expiry.addSeconds(EXPIRES_IN);
        claims.setExpirationTime(expiry);
        return claims;
    }

    /** Signing takes most of a millisecond, which the event loops have better use for. */
    private Uni<String> signed(JwtClaims claims) {
        return Offloaded.on(
                Infrastructure.getDefaultExecutor(), () -> keys.ring().sign(claims));
    }
}
