package io.switchboard.kit.token;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.switchboard.kit.peer.KeySetClient;
import io.switchboard.kit.tenant.TenantSql;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.util.Map;

/** The key set that auth-service publishes, with the last one seen kept in this service's schema. */
@DefaultBean
@ApplicationScoped
class JwksKeySource implements KeySource {
    private final KeySetClient client;
    private final TenantSql sql;

    JwksKeySource(KeySetClient client, TenantSql sql) {
        this.client = client;
        this.sql = sql.forWorkers();
    }

    @Override
    public Uni<Map<String, PublicKey>> stored() {
        return sql.crossTenant("select jwks::text from key_set", Tuple.tuple()).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? RsaJwk.readSet(row.next().getString(0)) : Map.of();
        });
    }

    @Override
    public Uni<Map<String, PublicKey>> published() {
        return client.fetch().call(this::store).map(RsaJwk::readSet);
    }

    private Uni<?> store(String jwks) {
        return sql.crossTenant(
                        "insert into key_set (jwks) values ($1) on conflict (only_row) do update"
                                + " set jwks = excluded.jwks, fetched_at = now()",
                        Tuple.of(new JsonObject(jwks)))
                .onFailure()
                .recoverWithNull(); // verifying goes on from memory
    }
}
