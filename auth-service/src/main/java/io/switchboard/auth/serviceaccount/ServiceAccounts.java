package io.switchboard.auth.serviceaccount;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.throttle.Limits;
import io.switchboard.auth.throttle.Refusals;
import io.switchboard.auth.throttle.Throttle;
import io.switchboard.kit.outbox.AuditEvent;
import io.switchboard.kit.request.Origin;
import io.switchboard.kit.secret.OpaqueToken;
import io.switchboard.kit.secret.Secret;
import io.switchboard.kit.start.RetryOnStartup;
import io.switchboard.kit.tenant.CallerContext;
import io.switchboard.kit.tenant.TenantSql;
import io.switchboard.kit.tenant.Uncancellable;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** The services that may ask for service tokens. Their secrets come from configuration; the database has only hashes. */
@ApplicationScoped
class ServiceAccounts {
    static final Set<String> SERVICES = Set.of("auth-service", "crm-service", "voice-service", "audit-service");

    private static final int SHORTEST = 32; // characters
    private static final byte[] UNKNOWN_HASH = new byte[32];
    private static final String PUT = "insert into service_accounts (client_id, secret_hash) values ($1, $2)"
            + " on conflict (client_id) do update set secret_hash = excluded.secret_hash"
            + " where service_accounts.secret_hash <> excluded.secret_hash";
    private static final String FIND = "select secret_hash from service_accounts where client_id = $1";

    private final TenantSql sql;
    private final Config config;
    private final RetryOnStartup retryOnStartup;
    private final Throttle throttle;
    private final Limits limits;
    private final Refusals refusals;

    ServiceAccounts(
            TenantSql sql,
            Config config,
            RetryOnStartup retryOnStartup,
            Throttle throttle,
            Limits limits,
            Refusals refusals) {
        this.sql = sql;
        this.config = config;
        this.retryOnStartup = retryOnStartup;
        this.throttle = throttle;
        this.limits = limits;
        this.refusals = refusals;
    }

    /** Refuses to start with a secret that is too short. */
    void start(@Observes StartupEvent event) {
        SERVICES.forEach(service -> secret(service).ifPresent(secret -> checkLength(service, secret)));
        retryOnStartup.run("Taking over the services' secrets", this::take);
    }

    static void checkLength(String service, Secret secret) {
        if (secret.reveal().length() < SHORTEST) {
            throw new IllegalStateException("switchboard.service-secrets." + service + " must have " + SHORTEST
                    + " characters at least; 32 random bytes in base64 are well");
        }
    }

    private Optional<Secret> secret(String service) {
        return config.getOptionalValue("switchboard.service-secrets." + service, Secret.class);
    }

    /**
     * Fails with {@code unauthorized}, or with {@code too_many_attempts} (429), unless the secret is that account's.
     *
     * <p>Failures alone are counted, after the check and not before it as elsewhere: a service's token is asked for in one
     * round trip, and failures from its address cannot lock it out. Trying many secrets at once gains nothing either, since they
     * are random (see {@link #SHORTEST}); what the throttle bounds here is how much failures cost and write.
     */
    Uni<Void> check(String clientId, String secret, Origin origin) {
        return matches(clientId, secret)
                .chain(matches -> matches ? Uni.createFrom().voidItem() : refuse(clientId, origin));
    }

    private Uni<Void> refuse(String clientId, Origin origin) {
        var fact = AuditEvent.failure("login", "service_accounts", null)
                .with(Map.of("clientId", Refusals.shortened(clientId)));
        return Uncancellable.run(throttle.reserve(limits.address(origin.address()), limits.accessKeyId(clientId))
                .chain(attempt -> refusals.refuse(CallerContext.PLATFORM, fact, origin, attempt)));
    }

    /** Whether the secret is that account's; takes as long where there is no such account. */
    private Uni<Boolean> matches(String clientId, String secret) {
        var shown = OpaqueToken.shown(secret).hash().getBytes();
        return sql.crossTenant(FIND, Tuple.of(clientId)).map(rows -> {
            var row = rows.iterator();
            var known = row.hasNext();
            var expected = known ? row.next().getBuffer(0).getBytes() : UNKNOWN_HASH;
            return MessageDigest.isEqual(expected, shown) && known;
        });
    }

    private Uni<Void> take() {
        return Multi.createFrom()
                .iterable(SERVICES)
                .onItem()
                .transformToUniAndConcatenate(this::put)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> put(String service) {
        return secret(service)
                .map(secret -> hash(secret))
                .map(hash -> sql.crossTenant(PUT, Tuple.of(service, hash)).replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private static Buffer hash(Secret secret) {
        return OpaqueToken.shown(secret.reveal()).hash();
    }
}
