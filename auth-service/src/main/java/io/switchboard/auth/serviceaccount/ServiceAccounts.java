package io.switchboard.auth.serviceaccount;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.switchboard.auth.token.OpaqueToken;
import io.switchboard.kit.secret.Secret;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.MessageDigest;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** The services that may ask for service tokens. Their secrets come from configuration; the database has only hashes. */
@ApplicationScoped
class ServiceAccounts {
    static final Set<String> SERVICES = Set.of("auth-service", "crm-service", "voice-service", "audit-service");

    private static final Logger LOG = Logger.getLogger(ServiceAccounts.class);
    private static final int RETRY_MILLIS = 1_000;
    private static final byte[] NOBODYS = new byte[32];
    private static final String PUT = "insert into service_accounts (client_id, secret_hash) values ($1, $2)"
            + " on conflict (client_id) do update set secret_hash = excluded.secret_hash"
            + " where service_accounts.secret_hash <> excluded.secret_hash";
    private static final String FIND = "select secret_hash from service_accounts where client_id = $1";

    private final TenantSql sql;
    private final Config config;
    private final Vertx vertx;
    private volatile boolean stopped;

    ServiceAccounts(TenantSql sql, Config config, Vertx vertx) {
        this.sql = sql;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        take();
    }

    /** Whether the secret is that account's; takes as long where there is no such account. */
    Uni<Boolean> matches(String clientId, String secret) {
        var shown = OpaqueToken.shown(secret).hash().getBytes();
        return sql.across(FIND, Tuple.of(clientId)).map(rows -> {
            var row = rows.iterator();
            var known = row.hasNext();
            var expected = known ? row.next().getBuffer(0).getBytes() : NOBODYS;
            return MessageDigest.isEqual(expected, shown) && known;
        });
    }

    /** Takes the configured secrets over, and tries again where the database is not there yet. */
    private void take() {
        Multi.createFrom()
                .iterable(SERVICES)
                .onItem()
                .transformToUniAndConcatenate(this::put)
                .collect()
                .asList()
                .subscribe()
                .with(done -> {}, this::again);
    }

    private Uni<Void> put(String service) {
        return config.getOptionalValue("switchboard.service-secrets." + service, Secret.class)
                .map(secret -> hash(secret))
                .map(hash -> sql.across(PUT, Tuple.of(service, hash)).replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void again(Throwable failure) {
        if (stopped) {
            return;
        }
        LOG.warnf("The services' secrets could not be taken over yet: %s", failure.getMessage());
        vertx.setTimer(RETRY_MILLIS, timer -> take());
    }

    private static Buffer hash(Secret secret) {
        return OpaqueToken.shown(secret.reveal()).hash();
    }
}
