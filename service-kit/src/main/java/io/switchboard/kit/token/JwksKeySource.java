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
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

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
            return row.hasNext() ? keys(row.next().getString(0)) : Map.of();
        });
    }

    @Override
    public Uni<Map<String, PublicKey>> published() {
        return client.fetch().call(this::store).map(JwksKeySource::keys);
    }

    private Uni<?> store(String jwks) {
        return sql.crossTenant(
                        "insert into key_set (jwks) values ($1) on conflict (only_row) do update"
                                + " set jwks = excluded.jwks, fetched_at = now()",
                        Tuple.of(new JsonObject(jwks)))
                .onFailure()
                .recoverWithNull(); // verifying goes on from memory
    }

    private static Map<String, PublicKey> keys(String jwks) {
        try {
            return new JsonWebKeySet(jwks)
                    .getJsonWebKeys().stream()
                            .filter(key -> key instanceof RsaJsonWebKey && key.getKeyId() != null)
                            .collect(Collectors.toMap(JsonWebKey::getKeyId, key -> (PublicKey) key.getKey()));
        } catch (JoseException e) {
            throw new IllegalStateException("auth-service published no key set that can be read", e);
        }
    }
}
